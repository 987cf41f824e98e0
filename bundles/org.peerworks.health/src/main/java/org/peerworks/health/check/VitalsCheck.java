package org.peerworks.health.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.peerworks.health.api.Finding;
import org.peerworks.health.api.HealthCheck;
import org.peerworks.health.watch.Watchdog;

/** What the watchdog knows: which vital parts are silent, and which were. */
final class VitalsCheck implements HealthCheck {

  private final Supplier<Watchdog> watchdog;

  VitalsCheck(Supplier<Watchdog> watchdog) {
    this.watchdog = watchdog;
  }

  @Override
  public List<Finding> check() throws IOException {
    Watchdog now = watchdog.get();
    if (now == null) {
      return List.of(
          Finding.error(
              "The watchdog does not run",
              "Look into the worker's log for 'org.peerworks.health'; a wrong value in"
                  + " org.peerworks.health.cfg is the likely cause."));
    }
    List<Finding> findings = new ArrayList<>();
    List<String> silent = now.silent();
    if (!silent.isEmpty()) {
      findings.add(
          Finding.error(
              "Without a sign of life: " + String.join(", ", silent),
              "'"
                  + now.file().path()
                  + "' has what each thread does: report it, and restart the"
                  + " worker. Programs of running jobs go on meanwhile."));
    }
    now.troubles()
        .forEach(
            (part, why) ->
                findings.add(
                    Finding.error(
                        "The " + part + " lives, but fails: " + why,
                        "Look into the worker's log; a full disk is the likely cause.")));
    Optional<String> before = silent.isEmpty() ? now.file().summary() : Optional.empty();
    before.ifPresent(
        summary ->
            findings.add(
                Finding.warning(
                    summary.replaceAll("\\.$", ""),
                    "Report '" + now.file().path() + "', then delete it.")));
    if (findings.isEmpty()) {
      findings.add(Finding.ok(now.parts() + " parts give signs of life"));
    }
    return findings;
  }
}
