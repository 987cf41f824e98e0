package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.ProgramExecutor;
import org.peerworks.job.api.RunningProgram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts things in order after the worker was killed: orphans, half-made jobs, the queue. */
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  private static final String REASON = "The worker was restarted while the job ran.";

  private final Runs runs;
  private final List<StoredJob> interrupted;

  /** Looks what was running. */
  Recovery(Runs runs) throws IOException {
    this.runs = runs;
    this.interrupted = runs.readers().read(q -> q.inState(JobState.RUNNING));
  }

  /** Deletes the directories of jobs that were never stored. */
  void deleteHalfMade() throws IOException {
    for (String id : runs.files().ids()) {
      if (runs.readers().read(q -> q.job(id)).isEmpty()) {
        LOG.info("Deletes the half-made job '{}'", id);
        runs.files().delete(id);
      }
    }
  }

  /** The jobs that wait, first come first. */
  List<StoredJob> waiting() throws IOException {
    return runs.readers().read(q -> q.inState(JobState.QUEUED));
  }

  /** Whether a program may still run for a job that is over. */
  boolean needsPrograms() throws IOException {
    for (StoredJob job : interrupted) {
      if (!runs.files().stepDirectories(job.id()).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Stops the programs that outlived the worker, and fails their jobs. Blocks. */
  void failInterrupted(Optional<ProgramExecutor> programs) throws IOException {
    Set<CompletableFuture<Void>> ends = new HashSet<>();
    for (StoredJob job : interrupted) {
      programs.ifPresentOrElse(
          executor -> stopPrograms(executor, job),
          () -> LOG.warn("No program executor came up: programs of job '{}' may run on", job.id()));
      Outputs outputs = new Outputs(runs.files().output(job.id()), runs.config().maxOutputs());
      CompletableFuture<Void> ended = new CompletableFuture<>();
      runs.store(
          job.ref(),
          new Outcome(JobState.FAILED, REASON, null, outputs.take(outputs.leftBehind())),
          runs.clock().instant(),
          ended);
      ends.add(ended);
      LOG.warn("Job '{}' failed: {}", job.id(), REASON);
    }
    ends.forEach(CompletableFuture::join);
  }

  private void stopPrograms(ProgramExecutor executor, StoredJob job) {
    Duration grace = Duration.ofSeconds(runs.config().stopGraceSeconds());
    try {
      for (Path step : runs.files().stepDirectories(job.id())) {
        Optional<RunningProgram> found = executor.find(step);
        if (found.isPresent() && !found.get().exit().toCompletableFuture().isDone()) {
          LOG.info("Stops process {} that job '{}' left", found.get().pid(), job.id());
          found.get().stop(grace).toCompletableFuture().join();
        }
      }
    } catch (IOException e) {
      LOG.error("The programs of job '{}' were not found again", job.id(), e);
    }
  }
}
