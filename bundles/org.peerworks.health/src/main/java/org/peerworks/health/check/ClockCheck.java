package org.peerworks.health.check;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.peerworks.health.api.Finding;
import org.peerworks.health.api.HealthCheck;
import org.peerworks.health.ready.ClockJumps;

/** Whether this machine's clock runs evenly. */
final class ClockCheck implements HealthCheck {

  private static final Duration RECENT = Duration.ofDays(1);

  private final ClockJumps jumps;

  ClockCheck(ClockJumps jumps) {
    this.jumps = jumps;
  }

  @Override
  public List<Finding> check() {
    Optional<ClockJumps.Jump> jump = jumps.look();
    if (jump.isEmpty()) {
      return List.of(Finding.ok("Has run evenly since the worker was started"));
    }
    String found =
        "It jumped by %d s, noticed at %s"
            .formatted(
                jump.get().by().toSeconds(), jump.get().seen().truncatedTo(ChronoUnit.SECONDS));
    return List.of(
        jump.get().agoNanos() < RECENT.toNanos()
            ? Finding.warning(
                found,
                "Let the clock be set by NTP: timedatectl set-ntp true (or apt-get install chrony),"
                    + " and keep the machine from sleeping. Nothing is deleted for its age for a"
                    + " day after a large jump.")
            : Finding.note(found, ""));
  }
}
