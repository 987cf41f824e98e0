package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.Progress;
import org.peerworks.job.api.Slot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One job that holds its slot. This is the guard around a plugin's code: a thread of its own, the
 * plugin's class loader, no lock held, and every end of it becomes a final state.
 */
final class RunningJob {

  private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);

  private final QueuedJob job;
  private final Slot slot;
  private final Runs runs;
  private final StopSignal stop = new StopSignal();
  private final ProgressGate progress;
  private final AtomicBoolean settled = new AtomicBoolean();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile RegisteredType type;
  private volatile Optional<StoredJob> before;
  private volatile ControlLine control;
  private volatile Thread thread;
  private volatile StepRunner steps;
  private volatile ScheduledFuture<?> timeout;
  private volatile boolean interrupted;
  private volatile boolean parked;

  RunningJob(QueuedJob job, RegisteredType type, Slot slot, Runs runs) {
    this(job, Optional.empty(), type, slot, runs);
  }

  /** Goes on with a job that ran when the worker was killed. */
  static RunningJob again(StoredJob job, RegisteredType type, Slot slot, Runs runs) {
    return new RunningJob(QueuedJob.of(job, false), Optional.of(job), type, slot, runs);
  }

  private RunningJob(
      QueuedJob job, Optional<StoredJob> before, RegisteredType type, Slot slot, Runs runs) {
    this.job = job;
    this.before = before;
    this.type = type;
    this.slot = slot;
    this.runs = runs;
    this.progress = new ProgressGate(job.ref(), runs.writer(), runs.timer(), runs.clock());
    this.control = new ControlLine(job.id());
    this.thread = thread();
  }

  /** Of its own, for a plugin's code may leave thread-locals behind; inherits none. */
  private Thread thread() {
    Thread made = new Thread(null, this::run, "job-" + job.id(), 0, false);
    made.setDaemon(true);
    return made;
  }

  /** Runs it once it is stored that it runs. Returns at once. */
  void start() {
    if (settled.get()) {
      return; // given up while its start could not be stored
    }
    if (before.isPresent()) {
      startThread();
      return;
    }
    Instant now = runs.clock().instant();
    runs.writer()
        .write(
            rows -> {
              rows.startJob(job.seq(), now);
              return null;
            })
        .whenComplete(
            (stored, failure) -> {
              if (failure == null) {
                startThread();
              } else if (stop.requested().filter(Stop::isPause).isPresent()) {
                goOnLater();
              } else if (stop.requested().isPresent()) {
                settle(
                    Outcome.ended(stop.requested().get().state(), stop.requested().get().reason()));
              } else {
                LOG.error("The start of job '{}' is not stored yet; tries again", id(), failure);
                runs.later(this::start);
              }
            });
  }

  private void startThread() {
    try {
      thread.start();
    } catch (RuntimeException | Error e) {
      settle(failed(e));
    }
  }

  /**
   * Goes on once it was interrupted: its code had no type any more.
   *
   * @param now the job as it is stored
   */
  void goOn(StoredJob now, RegisteredType other) {
    before = Optional.of(now);
    type = other;
    control = new ControlLine(job.id());
    thread = thread();
    parked = false;
    startThread();
  }

  /** Ends it while it waits to go on; its programs are gone. */
  void giveUp(Outcome outcome) {
    Outcome how =
        stop.requested().map(why -> Outcome.ended(why.state(), why.reason())).orElse(outcome);
    runs.tidy(id(), how);
    settle(how);
  }

  /** The version of its type that does it now. */
  TypeKey kind() {
    return type.key();
  }

  String id() {
    return job.id();
  }

  JobRef ref() {
    return job.ref();
  }

  Slot slot() {
    return slot;
  }

  Optional<Progress> progress() {
    return progress.latest();
  }

  /** Completes when the final state is on stable storage. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  /** Whether it is to be run again at the next start only. */
  boolean isPaused() {
    return stop.requested().filter(Stop::isPause).isPresent();
  }

  /** Whether it was asked to end. */
  boolean isStopping() {
    return stop.requested().isPresent();
  }

  /** Whether it can be asked anything while it runs. */
  boolean isControlled() {
    return type.controlled();
  }

  /** Takes what it is asked, until it ends. */
  ControlLine control() {
    return control;
  }

  /** Whether it goes on at the next start, if the worker stops. */
  boolean canGoOn() {
    return type.rerun();
  }

  /** The worker stops: the job is ended, or goes on at the next start. Returns at once. */
  void endWithWorker() {
    stop(type.rerun() ? Stop.workerPauses() : Stop.workerStopped());
  }

  /** Asks it to end. Returns at once. */
  void stop(Stop why) {
    boolean first = stop.request(why);
    if (first && parked) {
      endParked();
    } else if (first) {
      long wait =
          why.hurry()
              ? Math.min(500, runs.config().interruptAfterMillis())
              : runs.config().interruptAfterMillis();
      runs.timer().schedule(this::enforce, wait, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Ends it here, whatever its code still does. But as long as its program lives the job is not
   * final: it stays running in the store, so that the next start finds both.
   */
  void abandon() {
    StepRunner runner = steps;
    if (runner != null && runner.isBusy()) {
      LOG.warn("A program of job '{}' still runs; the next start finds it", job.id());
      return;
    }
    Stop why = stop.requested().orElseGet(Stop::workerStopped);
    if (why.isPause()) {
      goOnLater();
      return;
    }
    if (settle(Outcome.ended(why.state(), why.reason()))) {
      IllegalStateException where = new IllegalStateException("Its thread is here");
      where.setStackTrace(thread.getStackTrace());
      LOG.error(
          "Job '{}' of type '{}' does not end; its thread '{}' was given up",
          job.id(),
          job.type(),
          thread.getName(),
          where);
    }
  }

  /** Code that does not look whether it is to end is interrupted, then given up. */
  private void enforce() {
    StepRunner runner = steps;
    if (settled.get() || parked) {
      return;
    }
    if (runner != null && runner.isBusy()) {
      runs.timer().schedule(this::enforce, 500, TimeUnit.MILLISECONDS);
    } else if (!interrupted) {
      interrupted = true;
      thread.interrupt();
      long wait = runs.config().abandonAfterMillis();
      runs.timer().schedule(this::enforce, wait, TimeUnit.MILLISECONDS);
    } else {
      abandon();
    }
  }

  private void run() {
    Outcome outcome;
    try {
      outcome = work();
    } catch (Throwable e) { // nobody else would give the slot back
      outcome = failed(e);
    }
    if (outcome.isUnfinished()) {
      parked = true;
      endParked();
      return;
    }
    StepRunner runner = steps;
    boolean left = runner != null && runner.hasLeftProgram();
    if (left && stop.whenHurried().isDone()) {
      LOG.warn("A program of job '{}' still runs; the next start finds it", job.id());
      goOnLater();
      return;
    }
    if (left || (before.isPresent() && stop.requested().isPresent())) {
      runs.stopPrograms(job.id()); // it may have been stopped before it found its program again
    }
    settle(outcome);
    tidyOnceStored(outcome);
  }

  /** Not before: a worker that was killed runs the job again, and needs its files for that. */
  private void tidyOnceStored(Outcome outcome) {
    if (Files.notExists(runs.files().job(job.id()))) {
      return; // it needed none
    }
    try {
      ended.join();
    } catch (CompletionException | CancellationException e) {
      LOG.debug("The files of job '{}' are kept for the next start", job.id(), e);
      return;
    }
    runs.tidy(job.id(), outcome);
  }

  /** No code runs for it now: what becomes of it is the worker's affair. */
  private void endParked() {
    if (stop.requested().filter(Stop::isPause).isPresent()) {
      goOnLater();
    } else {
      runs.interrupted().accept(this);
    }
  }

  private void goOnLater() {
    LOG.info("Job '{}' of type '{}' goes on at the next start", job.id(), job.type());
    ended.completeExceptionally(Refusals.goesOnLater(job.id()));
  }

  private StoredJob stored() throws IOException {
    if (before.isPresent()) {
      return before.get();
    }
    if (job.whole().isPresent()) {
      return job.whole().get();
    }
    return runs.readers()
        .read(q -> q.job(job.id()))
        .orElseThrow(() -> new IOException("The job is not in the store."));
  }

  private Outcome failed(Throwable e) {
    LOG.error("Job '{}' could not be run", job.id(), e);
    return Outcome.ended(JobState.FAILED, "The worker failed: " + Outcome.describe(e));
  }

  private Outcome work() throws IOException {
    StoredJob stored = stored();
    if (timeout == null) {
      timeOut(stored);
    }
    JobRun run =
        new JobRun(
            stored, before.isPresent(), type, slot, runs, stop, progress, control, r -> steps = r);
    return run.call();
  }

  private void timeOut(StoredJob stored) {
    timeout =
        runs.timer()
            .schedule(
                () ->
                    stop(
                        new Stop(
                            JobState.TIMED_OUT,
                            "It ran longer than the "
                                + stored.timeout().toMillis() / 1000.0
                                + " s that it was allowed to.",
                            false)),
                timeLeft(stored).toMillis(),
                TimeUnit.MILLISECONDS);
  }

  /** The time without a worker counts, as its program ran on. */
  private Duration timeLeft(StoredJob stored) {
    if (before.isEmpty() || stored.started().isEmpty()) {
      return stored.timeout();
    }
    Duration ran = Duration.between(stored.started().get(), runs.clock().instant());
    Duration left = ran.isNegative() ? stored.timeout() : stored.timeout().minus(ran);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private boolean settle(Outcome outcome) {
    if (!settled.compareAndSet(false, true)) {
      return false;
    }
    progress.end();
    control.end();
    ScheduledFuture<?> timer = timeout;
    if (timer != null) {
      timer.cancel(false);
    }
    runs.settle(this, outcome, ended);
    return true;
  }
}
