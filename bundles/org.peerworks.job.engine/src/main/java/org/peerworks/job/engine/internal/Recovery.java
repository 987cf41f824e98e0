package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.peerworks.job.api.JobOutput;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.ProgramExecutor;
import org.peerworks.job.api.Slot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the jobs in order that ran when the worker ended, or when the bundle of their type went
 * away. Those whose type says so are run again: what their programs have done, or still do, is
 * found by the steps. The others fail, once their programs are stopped. One thread.
 */
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  /**
   * A job that is not in order.
   *
   * @param run holds its slot; empty if it ran when the worker ended
   * @param since when it was found, by {@link System#nanoTime()}
   */
  private record Interrupted(StoredJob job, Optional<RunningJob> run, long since) {

    boolean isToEnd() {
      return run.filter(RunningJob::isStopping).isPresent();
    }

    boolean isPaused() {
      return run.filter(RunningJob::isPaused).isPresent();
    }

    String reason() {
      return run.isEmpty()
          ? "The worker was restarted while the job ran."
          : "Version "
              + job.version()
              + " of its job type went away while it ran, and no other came in its place.";
    }
  }

  private final Runs runs;
  private final TypeRegistry types;
  private final Scheduler scheduler;
  private final long patience;

  /** Those that are not in order yet. */
  private final List<Interrupted> interrupted = new CopyOnWriteArrayList<>();

  /** Looks what was running. */
  Recovery(Runs runs, TypeRegistry types, Scheduler scheduler) throws IOException {
    this.runs = runs;
    this.types = types;
    this.scheduler = scheduler;
    this.patience = Duration.ofSeconds(runs.config().executorWaitSeconds()).toNanos();
    for (StoredJob job : runs.readers().read(q -> q.inState(JobState.RUNNING))) {
      interrupted.add(new Interrupted(job, Optional.empty(), System.nanoTime()));
    }
  }

  /** The jobs that wait, first come first. */
  List<StoredJob> waiting() throws IOException {
    return runs.readers().read(q -> q.inState(JobState.QUEUED));
  }

  /** Whether all jobs are in order. */
  boolean isDone() {
    return interrupted.isEmpty();
  }

  /** How many jobs of a version ran when the worker ended, and do not run yet. Any thread. */
  int count(TypeKey version) {
    return (int)
        interrupted.stream()
            .filter(one -> one.run().isEmpty())
            .filter(one -> one.job().type().equals(version.type()))
            .filter(one -> one.job().version().equals(version.version()))
            .count();
  }

  /** A job has lost its type while it ran. */
  void add(RunningJob run) throws IOException {
    boolean known =
        interrupted.stream().anyMatch(one -> one.run().filter(r -> r == run).isPresent());
    if (!known) {
      StoredJob job =
          runs.readers()
              .read(q -> q.job(run.id()))
              .orElseThrow(() -> new IOException("Job '" + run.id() + "' is not in the store."));
      interrupted.add(new Interrupted(job, Optional.of(run), System.nanoTime()));
    }
  }

  /**
   * Does what can be done now: goes on with jobs whose type is here, and stops the programs of
   * those that fail, all of them first. Without an executor a job whose program may live stays as
   * it is until there is one. Blocks.
   *
   * @param late whether jobs of an earlier worker do not wait any more for a type that is not here
   */
  void run(Optional<ProgramExecutor> programs, boolean late) {
    programs.ifPresent(runs.orphans()::stop);
    Map<Interrupted, List<Path>> failing = new HashMap<>();
    for (Interrupted one : interrupted) {
      List<Path> steps = steps(one.job());
      if (one.isPaused()) {
        continue; // for the next worker
      }
      if (programs.isEmpty() && !steps.isEmpty()) {
        LOG.debug("Job '{}' waits for a program executor to be put in order", one.job().id());
        continue;
      }
      boolean waited = one.run().isEmpty() ? late : System.nanoTime() - one.since() >= patience;
      Optional<RegisteredType> type = type(one.job(), waited);
      if (one.isToEnd()) {
        failing.put(one, steps);
      } else if (type.filter(RegisteredType::rerun).isPresent()) {
        interrupted.remove(one);
        resume(one, type.get());
      } else if (type.isPresent() || waited) {
        failing.put(one, steps);
      }
    }
    fail(programs, failing);
    if (late && programs.isEmpty() && !interrupted.isEmpty()) {
      LOG.warn(
          "The programs of {} earlier jobs may still run, and these jobs wait to be put in order:"
              + " start the bundle 'org.peerworks.job.process'",
          interrupted.size());
    }
  }

  private void fail(Optional<ProgramExecutor> programs, Map<Interrupted, List<Path>> failing) {
    List<Path> all = failing.values().stream().flatMap(Collection::stream).toList();
    Set<Path> left = new HashSet<>();
    programs.ifPresent(executor -> left.addAll(runs.orphans().stop(executor, all)));
    failing.forEach(
        (one, steps) -> {
          if (steps.stream().noneMatch(left::contains)) {
            interrupted.remove(one);
            fail(one);
          }
        });
  }

  /** The version that the job was begun with, or else the one that takes new jobs. */
  private Optional<RegisteredType> type(StoredJob job, boolean waited) {
    Optional<RegisteredType> same = types.find(job.type(), job.version());
    return same.isPresent() || !waited ? same : types.main(job.type());
  }

  private List<Path> steps(StoredJob job) {
    try {
      return runs.files().stepDirectories(job.id());
    } catch (IOException | RuntimeException e) {
      LOG.error("The programs of job '{}' cannot be looked for", job.id(), e);
      return List.of();
    }
  }

  private void resume(Interrupted one, RegisteredType type) {
    StoredJob job = one.job();
    LOG.info("Job '{}' goes on, on version {} of '{}'", job.id(), type.version(), type.name());
    if (!type.version().equals(job.version())) {
      pin(job, type);
    }
    one.run()
        .ifPresentOrElse(run -> run.goOn(job, type), () -> scheduler.resume(job, type, slot(job)));
  }

  private void pin(StoredJob job, RegisteredType type) {
    runs.writer()
        .write(
            rows -> {
              rows.pin(job.seq(), type);
              return null;
            })
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.warn("That job '{}' has another version now is not stored", job.id(), failure);
              }
            });
  }

  private Optional<Slot> slot(StoredJob job) {
    try {
      return RunFolder.slot(runs.files(), job.id());
    } catch (IOException e) {
      LOG.warn("Which slot job '{}' had is not known; it gets any", job.id(), e);
      return Optional.empty();
    }
  }

  private void fail(Interrupted one) {
    StoredJob job = one.job();
    Outcome outcome = new Outcome(JobState.FAILED, one.reason(), null, outputs(job), false, false);
    if (one.run().isPresent()) {
      one.run().get().giveUp(outcome);
      return;
    }
    LOG.warn("Job '{}' failed: {}", job.id(), one.reason());
    runs.tidy(job.id(), outcome);
    runs.store(job.ref(), outcome, runs.clock().instant(), new CompletableFuture<>());
  }

  private List<JobOutput> outputs(StoredJob job) {
    try {
      Outputs outputs = new Outputs(runs.files().output(job.id()), runs.config().maxOutputs());
      return outputs.take(outputs.leftBehind());
    } catch (IOException | RuntimeException e) {
      LOG.error("The partial outputs of job '{}' were not kept", job.id(), e);
      return List.of();
    }
  }
}
