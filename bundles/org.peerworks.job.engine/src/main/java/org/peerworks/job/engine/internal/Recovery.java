package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.peerworks.job.api.JobOutput;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.ProgramExecutor;
import org.peerworks.job.api.Slot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the jobs in order that ran when the worker ended. Those whose type says so are run again:
 * what their programs have done, or still do, is found by the steps. The others fail, once their
 * programs are stopped. One thread.
 */
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  private static final String REASON = "The worker was restarted while the job ran.";

  private final Runs runs;
  private final TypeRegistry types;
  private final Scheduler scheduler;

  /** Those that are not in order yet. */
  private final List<StoredJob> interrupted;

  /** Looks what was running. */
  Recovery(Runs runs, TypeRegistry types, Scheduler scheduler) throws IOException {
    this.runs = runs;
    this.types = types;
    this.scheduler = scheduler;
    this.interrupted = new ArrayList<>(runs.readers().read(q -> q.inState(JobState.RUNNING)));
  }

  /** The jobs that wait, first come first. */
  List<StoredJob> waiting() throws IOException {
    return runs.readers().read(q -> q.inState(JobState.QUEUED));
  }

  /** Whether all jobs are in order. */
  boolean isDone() {
    return interrupted.isEmpty();
  }

  /**
   * Does what can be done now: goes on with jobs whose type is here, and stops the programs of
   * those that fail, all of them first. Without an executor a job whose program may live stays as
   * it is until there is one. Blocks.
   *
   * @param late whether a type that is not here by now is not waited for
   */
  void run(Optional<ProgramExecutor> programs, boolean late) {
    programs.ifPresent(runs.orphans()::stop);
    Map<StoredJob, List<Path>> failing = new HashMap<>();
    interrupted.removeIf(
        job -> {
          List<Path> steps = steps(job);
          if (programs.isEmpty() && !steps.isEmpty()) {
            LOG.debug("Job '{}' waits for a program executor to be put in order", job.id());
            return false;
          }
          Optional<RegisteredType> type = type(job, late);
          if (type.filter(RegisteredType::rerun).isPresent()) {
            resume(job, type.get());
            return true;
          }
          if (type.isPresent() || late) {
            failing.put(job, steps);
          }
          return false;
        });
    List<Path> all = failing.values().stream().flatMap(List::stream).toList();
    Set<Path> left = new HashSet<>();
    programs.ifPresent(executor -> left.addAll(runs.orphans().stop(executor, all)));
    failing.forEach(
        (job, steps) -> {
          if (steps.stream().noneMatch(left::contains)) {
            interrupted.remove(job);
            fail(job);
          }
        });
    if (late && programs.isEmpty() && !interrupted.isEmpty()) {
      LOG.warn(
          "The programs of {} earlier jobs may still run, and these jobs wait to be put in order:"
              + " start the bundle 'org.peerworks.job.process'",
          interrupted.size());
    }
  }

  /** The version that the job was begun with, or else the newest. */
  private Optional<RegisteredType> type(StoredJob job, boolean late) {
    Optional<RegisteredType> same = types.find(job.type(), job.version());
    return same.isPresent() || !late ? same : Optional.ofNullable(types.newest().get(job.type()));
  }

  private List<Path> steps(StoredJob job) {
    try {
      return runs.files().stepDirectories(job.id());
    } catch (IOException | RuntimeException e) {
      LOG.error("The programs of job '{}' cannot be looked for", job.id(), e);
      return List.of();
    }
  }

  private void resume(StoredJob job, RegisteredType type) {
    LOG.info(
        "Job '{}' of type '{}' goes on, which ran when the worker ended", job.id(), job.type());
    scheduler.resume(job, type, slot(job));
  }

  private Optional<Slot> slot(StoredJob job) {
    try {
      return RunFolder.slot(runs.files(), job.id());
    } catch (IOException e) {
      LOG.warn("Which slot job '{}' had is not known; it gets any", job.id(), e);
      return Optional.empty();
    }
  }

  private void fail(StoredJob job) {
    LOG.warn("Job '{}' failed: {}", job.id(), REASON);
    Outcome outcome = new Outcome(JobState.FAILED, REASON, null, outputs(job));
    runs.tidy(job.id());
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
