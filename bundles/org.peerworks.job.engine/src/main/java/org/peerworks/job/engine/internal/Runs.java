package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.peerworks.job.api.ProgramExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What running jobs share.
 *
 * @param programsCame completes when there is an executor, or it is not waited for any more
 * @param logMoved told the id of a job whose log has grown, or which has ended
 * @param reported told what a running job's program said
 * @param isHere whether a type is still the one that runs, of its version
 * @param interrupted told of a job that has lost its type, and is to go on
 * @param judged told how a job ended that was done by a version of a type
 * @param freed told that a job's slot is free: its final state will be stored before that of any
 *     job that takes the slot now
 */
record Runs(
    Config config,
    JobFiles files,
    KeptInputs kept,
    Store store,
    ScheduledExecutorService timer,
    Clock clock,
    Supplier<Optional<ProgramExecutor>> programs,
    CompletableFuture<Void> programsCame,
    Consumer<String> logMoved,
    BiConsumer<StoredJob, String> reported,
    Predicate<RegisteredType> isHere,
    Consumer<RunningJob> interrupted,
    BiConsumer<RunningJob, Outcome> judged,
    BiConsumer<RunningJob, CompletableFuture<Void>> freed,
    Orphans orphans) {

  private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
  private static final long RETRY_SECONDS = 3;

  StoreWriter writer() {
    return store.writer();
  }

  StoreReaders readers() {
    return store.readers();
  }

  void settle(RunningJob job, Outcome outcome, CompletableFuture<Void> ended) {
    store(job.ref(), outcome, clock.instant(), ended);
    judged.accept(job, outcome);
    freed.accept(job, ended);
  }

  /** Stores a final state; again and again if the disk is full. */
  void store(JobRef job, Outcome outcome, Instant time, CompletableFuture<Void> ended) {
    writer()
        .write(
            rows -> {
              rows.endJob(
                  job.seq(),
                  time,
                  outcome.state(),
                  outcome.reason(),
                  outcome.document(),
                  outcome.outputs());
              return null;
            })
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                ended.complete(null);
                logMoved.accept(job.id());
                return;
              }
              LOG.error(
                  "The end of job '{}' is not stored yet; tries again: {}",
                  job.id(),
                  failure.toString());
              if (Trouble.of(failure).filter(Trouble.FULL::equals).isPresent()) {
                tidy(job.id(), outcome); // its files may be what there is no room for
              }
              if (!later(() -> store(job, outcome, time, ended))) {
                ended.completeExceptionally(failure);
              }
            });
  }

  /**
   * Does something again that the store refused.
   *
   * @return whether there is a later for this worker
   */
  boolean later(Runnable work) {
    try {
      timer.schedule(work, RETRY_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (RejectedExecutionException e) {
      LOG.debug("Nothing is tried again, for the worker is stopping", e);
      return false;
    }
  }

  /** Whether a type is gone whose jobs go on with what comes in its place. */
  boolean hasLost(RegisteredType type) {
    return type.rerun() && !isHere.test(type);
  }

  /** Ends the programs of a job that nobody follows any more. Blocks. */
  void stopPrograms(String id) {
    try {
      List<Path> steps = files.stepDirectories(id);
      programs
          .get()
          .ifPresentOrElse(
              executor -> orphans.stop(executor, steps), () -> steps.forEach(orphans::add));
    } catch (IOException | RuntimeException e) {
      LOG.error("The programs of job '{}' may run on", id, e);
    }
  }

  /** Deletes what an ended job needs no more. What cannot be deleted now is at the next start. */
  void tidy(String id, Outcome outcome) {
    try {
      kept.tidy(id, outcome.state(), outcome.refused());
    } catch (IOException | RuntimeException e) {
      LOG.warn("The inputs and working files of job '{}' were not all deleted", id, e);
    }
  }
}
