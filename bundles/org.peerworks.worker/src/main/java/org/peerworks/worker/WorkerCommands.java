package org.peerworks.worker;

import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.peerworks.job.api.Intake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shell's commands on the worker itself. */
@Component(
    service = WorkerCommands.class,
    property = {
      "peerworks.complete=info",
      "peerworks.complete=drain",
      "peerworks.complete=resume",
      "peerworks.complete=stop"
    })
@GogoCommand(
    scope = "worker",
    function = {"info", "drain", "resume", "stop"})
public final class WorkerCommands {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerCommands.class);

  private final BundleContext context;

  @Reference(
      name = "room",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile WorkerRoom room;

  @Reference(
      name = "intake",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Intake intake;

  @Activate
  public WorkerCommands(BundleContext context) {
    this.context = context;
  }

  @Descriptor(
      "Accepts and starts no more jobs; those that run go on, those that wait keep their places,"
          + " and the room is told. Holds over restarts, until worker:resume. For example:"
          + " worker:drain 'the disk is changed at noon'")
  public String drain(@Descriptor("why, for those who are refused") String... reason) {
    String why = String.join(" ", Arrays.asList(reason));
    door().close(why.isBlank() ? "An operator empties this worker." : why);
    return isDone(door().drained())
        ? "Drained: no job runs. 'worker:resume' takes jobs again."
        : "Jobs still run; 'job:list' shows them. 'worker:resume' takes jobs again.";
  }

  @Descriptor("Accepts and starts jobs again, after worker:drain or a worker:stop that still waits")
  public String resume() {
    door().open();
    return "The worker takes jobs.";
  }

  @Descriptor(
      "Stops the worker when its running jobs have ended; until then it accepts and starts none."
          + " With --now it stops at once: trainings and trackings go on without it and are found"
          + " at the next start, jobs of types that cannot do this fail")
  public String stop(
      @Descriptor("do not wait for running jobs")
          @Parameter(
              names = {"--now"},
              presentValue = "true",
              absentValue = "false")
          boolean now)
      throws BundleException {
    Intake door = intake;
    if (now || door == null) {
      stopFramework();
      return "The worker stops.";
    }
    door.closeUntilRestart("The worker is about to stop.");
    CompletionStage<Void> drained = door.drained();
    drained.whenComplete(
        (done, failure) -> {
          if (failure == null) {
            stopDrained();
          } else {
            LOG.info("The worker does not stop: {}", failure.getMessage());
          }
        });
    return isDone(drained)
        ? "The worker stops."
        : "The worker stops when its running jobs have ended; 'job:list' shows them."
            + " 'worker:stop --now' does not wait, 'worker:resume' takes it back.";
  }

  private static boolean isDone(CompletionStage<Void> drained) {
    return drained.toCompletableFuture().isDone();
  }

  private void stopDrained() {
    try {
      stopFramework();
    } catch (BundleException e) {
      LOG.error("The worker does not stop", e);
    }
  }

  private void stopFramework() throws BundleException {
    context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).stop();
  }

  @Descriptor("Shows this worker: its room, session string, status, mounts and what it can do")
  public WorkerInfo info() {
    return present(room).info();
  }

  private Intake door() {
    Intake now = intake;
    if (now == null) {
      throw new IllegalStateException(
          "The job engine is not running. 'lb' lists the bundles, the worker's log says why.");
    }
    return now;
  }

  static WorkerRoom present(WorkerRoom room) {
    if (room == null) {
      throw new IllegalStateException(
          "This process is in no room as a worker. 'scr:list' and the log say whether the"
              + " configuration 'org.peerworks.worker' or the signalling client is missing.");
    }
    return room;
  }
}
