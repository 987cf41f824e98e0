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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fails the jobs that ran when the worker ended, once their programs are stopped. One thread. */
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  private static final String REASON = "The worker was restarted while the job ran.";

  private final Runs runs;

  /** Those that are not in order yet. */
  private final List<StoredJob> interrupted;

  /** Looks what was running. */
  Recovery(Runs runs) throws IOException {
    this.runs = runs;
    this.interrupted = new ArrayList<>(runs.readers().read(q -> q.inState(JobState.RUNNING)));
  }

  /** The jobs that wait, first come first. */
  List<StoredJob> waiting() throws IOException {
    return runs.readers().read(q -> q.inState(JobState.QUEUED));
  }

  /** Whether a program may still run for a job that is over. */
  boolean needsPrograms() {
    return interrupted.stream().anyMatch(job -> !steps(job).isEmpty());
  }

  /**
   * Stops the programs that outlived the worker, all of them first, and fails their jobs. Without
   * an executor a job whose program may live stays as it is until there is one. Blocks.
   */
  void run(Optional<ProgramExecutor> programs) {
    Map<StoredJob, List<Path>> steps = new HashMap<>();
    Set<Path> left = new HashSet<>();
    interrupted.forEach(job -> steps.put(job, steps(job)));
    List<Path> all = steps.values().stream().flatMap(List::stream).toList();
    if (programs.isPresent()) {
      runs.orphans().stop(programs.get());
      left.addAll(runs.orphans().stop(programs.get(), all));
    } else if (!all.isEmpty()) {
      LOG.warn(
          "{} steps of earlier jobs may still run, and their jobs wait to be put in order: start"
              + " the bundle 'org.peerworks.job.process'",
          all.size());
      left.addAll(all);
    }
    interrupted.removeIf(
        job -> {
          boolean over = steps.get(job).stream().noneMatch(left::contains);
          if (over) {
            fail(job);
          }
          return over;
        });
  }

  private List<Path> steps(StoredJob job) {
    try {
      return runs.files().stepDirectories(job.id());
    } catch (IOException | RuntimeException e) {
      LOG.error("The programs of job '{}' cannot be looked for", job.id(), e);
      return List.of();
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
