package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.peerworks.job.api.JobOutput;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.JobStopped;
import org.peerworks.job.api.Slot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a job type for one job and judges what comes back. */
final class JobRun {

  private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

  private final StoredJob job;
  private final boolean again;
  private final RegisteredType type;
  private final Slot slot;
  private final Runs runs;
  private final StopSignal stop;
  private final ProgressGate progress;
  private final ControlLine control;
  private final Consumer<StepRunner> stepping;
  private final Outputs outputs;

  /**
   * @param again whether it ran before the worker was killed
   */
  JobRun(
      StoredJob job,
      boolean again,
      RegisteredType type,
      Slot slot,
      Runs runs,
      StopSignal stop,
      ProgressGate progress,
      ControlLine control,
      Consumer<StepRunner> stepping) {
    this.job = job;
    this.again = again;
    this.type = type;
    this.slot = slot;
    this.runs = runs;
    this.stop = stop;
    this.progress = progress;
    this.control = control;
    this.stepping = stepping;
    this.outputs = new Outputs(runs.files().output(job.id()), runs.config().maxOutputs());
  }

  Outcome call() throws IOException {
    JobFiles files = runs.files();
    RunFolder folder = new RunFolder(files, job);
    try (JobLog log = new JobLog(folder, again, () -> runs.logMoved().accept(job.id()))) {
      StepRunner steps =
          new StepRunner(
              folder,
              log,
              stop,
              slot,
              runs.programs(),
              runs.programsCame(),
              runs.orphans()::add,
              this::isToGoOn,
              runs.config());
      stepping.accept(steps);
      RunContext context =
          new RunContext(
              job,
              folder,
              files.inputs(job.id()),
              List.of(slot),
              steps,
              log,
              progress,
              json -> runs.reported().accept(job, json),
              control,
              stop,
              runs.config().maxLogBytes());
      return guarded(context);
    }
  }

  private Outcome guarded(RunContext context) {
    Thread thread = Thread.currentThread();
    thread.setContextClassLoader(type.code().getClass().getClassLoader());
    JobResult result;
    try {
      stop.check();
      result = type.code().run(context);
      if (result == null) {
        throw new IllegalStateException("The job type returned no result.");
      }
    } catch (Throwable e) { // a plugin's linkage errors too must not end the worker's thread unseen
      return isToGoOn() ? unfinished(e) : thrown(e);
    } finally {
      control.end();
      thread.setContextClassLoader(null);
      Thread.interrupted();
    }
    boolean itsOwnEnd = result.succeeded() || result.refused();
    return isToGoOn() && !(itsOwnEnd && stop.requested().isEmpty())
        ? unfinished(null)
        : judged(result);
  }

  /** Whether the worker, or the bundle of its type, goes away and the job does not end with it. */
  private boolean isToGoOn() {
    return stop.requested().map(Stop::isPause).orElseGet(() -> runs.hasLost(type));
  }

  private Outcome unfinished(Throwable e) {
    LOG.info("Job '{}' of type '{}' is interrupted, and is to go on", job.id(), job.type());
    LOG.debug("What interrupted job '{}'", job.id(), e);
    return Outcome.unfinished();
  }

  private Outcome thrown(Throwable e) {
    Optional<Stop> asked = stop.requested().filter(why -> !why.isPause());
    if (!(e instanceof JobStopped) && asked.isEmpty()) {
      LOG.info("Job '{}' of type '{}' failed", job.id(), job.type(), e);
    }
    return new Outcome(
        asked.map(Stop::state).orElse(JobState.FAILED),
        asked.map(Stop::reason).orElseGet(() -> Outcome.describe(e)),
        null,
        leftBehind(),
        asked.isEmpty() && Trouble.of(e).isEmpty(),
        false);
  }

  private Outcome judged(JobResult result) {
    JobState state = result.succeeded() ? JobState.SUCCEEDED : JobState.FAILED;
    String reason = result.reason();
    String document = result.document();
    boolean typeFailed = !result.succeeded() && !result.refused();
    if (document.getBytes(StandardCharsets.UTF_8).length > runs.config().maxDocumentBytes()) {
      state = JobState.FAILED;
      reason = "Its result has more than " + runs.config().maxDocumentBytes() + " bytes.";
      document = null;
      typeFailed = true;
    }
    List<JobOutput> files;
    try {
      files = outputs.take(result.outputs());
    } catch (IOException e) {
      state = JobState.FAILED;
      reason = Outcome.describe(e);
      files = leftBehind();
      typeFailed = Trouble.of(e).isEmpty();
    }
    Optional<Stop> asked = stop.requested().filter(why -> !why.isPause());
    if (asked.isPresent()) {
      state = asked.get().state();
      reason = asked.get().reason();
      typeFailed = false;
    }
    boolean refused = result.refused() && asked.isEmpty();
    return new Outcome(state, reason, document, files, typeFailed, refused);
  }

  /** Partial results of a job that failed are worth having. */
  private List<JobOutput> leftBehind() {
    try {
      Map<String, Path> found = outputs.leftBehind();
      return outputs.take(found);
    } catch (IOException e) {
      LOG.warn("The partial outputs of job '{}' were not kept", job.id(), e);
      return List.of();
    }
  }
}
