package org.peerworks.health.shell;

import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.peerworks.health.api.CheckResult;
import org.peerworks.health.api.Health;
import org.peerworks.health.api.Level;
import org.peerworks.health.metrics.Figures;

/** The shell's commands on the worker's health; they outlive what they report on. */
@Component(
    service = HealthCommands.class,
    property = {
      "peerworks.complete=check",
      "peerworks.complete=ready",
      "peerworks.complete=metrics"
    })
@GogoCommand(
    scope = "health",
    function = {"check", "ready", "metrics"})
public final class HealthCommands {

  private static final int WIDTH = Integer.getInteger("peerworks.columns", 120);

  @Reference(
      name = "health",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Health health;

  @Reference(
      name = "figures",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Figures figures;

  @Descriptor(
      "Looks whether this worker is well, and says how to mend what is not, for example:"
          + " health:check --tag disk")
  public Object check(
      CommandSession session,
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson,
      @Descriptor("only the checks with this tag: audit, disk, jobs, ready, room, store, system")
          @Parameter(
              names = {"-t", "--tag"},
              absentValue = "")
          String tag)
      throws InterruptedException {
    List<CheckResult> results = present().check(tag);
    if (asJson) {
      return HealthJson.checks(results).toString();
    }
    String text = CheckText.of(results, WIDTH) + CheckText.summary(results);
    if (HealthJson.level(results) != Level.ERROR) {
      return text;
    }
    session.getConsole().print(CheckText.of(results, WIDTH));
    throw new IllegalStateException(CheckText.summary(results));
  }

  @Descriptor(
      "Shows how far this worker has come, and what it waits for, for example: health:ready")
  public Object ready(
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson) {
    var levels = present().readiness();
    return asJson
        ? HealthJson.readiness(levels).toString()
        : levels.stream().map(ReadyRow::of).toList();
  }

  @Descriptor(
      "Prints the figures of this worker as Prometheus reads them, for example: health:metrics |"
          + " grep peerworks_jobs")
  public Object metrics() {
    Figures now = figures;
    if (now == null) {
      throw missing();
    }
    return now.text();
  }

  private Health present() {
    Health now = health;
    if (now == null) {
      throw missing();
    }
    return now;
  }

  private static IllegalStateException missing() {
    return new IllegalStateException(
        "The checks are not running. The worker's log says why, probably a wrong value in"
            + " org.peerworks.health.cfg.");
  }
}
