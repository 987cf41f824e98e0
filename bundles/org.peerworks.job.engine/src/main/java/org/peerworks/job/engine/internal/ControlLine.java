package org.peerworks.job.engine.internal;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.peerworks.job.api.JobControl;
import org.peerworks.job.api.JobException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands to a job's type what is asked of the running job, one after the other on a thread of the
 * job's own, so that code which does not return holds up nobody else. Thread-safe.
 */
final class ControlLine {

  private static final Logger LOG = LoggerFactory.getLogger(ControlLine.class);

  /** What may wait for the job's type to take it. */
  private static final int MOST_WAITING = 16;

  private static final long DEADLINE_SECONDS = 10;

  private final String jobId;
  private final ThreadPoolExecutor thread;
  private JobControl control;
  private boolean stopWanted;
  private boolean stopTold;
  private boolean ended;

  ControlLine(String jobId) {
    this.jobId = jobId;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            work -> {
              Thread made = new Thread(null, work, "job-control-" + jobId, 0, false);
              made.setDaemon(true);
              return made;
            });
    thread.allowCoreThreadTimeOut(true);
  }

  /** The job's type says who takes it from now on. */
  synchronized void open(JobControl control) {
    this.control = control;
    tellStop();
  }

  /** Remembered until there is somebody to take it; a second time it changes nothing. */
  synchronized void stop() {
    stopWanted = true;
    tellStop();
  }

  /** With the lock held. */
  private void tellStop() {
    if (stopWanted && !stopTold && control != null && !ended) {
      stopTold = true;
      JobControl now = control;
      call(now, now::stop)
          .whenComplete(
              (done, failure) -> {
                if (failure != null) {
                  LOG.error("Job '{}' did not take that it is to end early", jobId, failure);
                }
              });
    }
  }

  /** Completes when the job's type has taken it. */
  CompletableFuture<Void> tell(String json) {
    Optional<JobControl> now;
    synchronized (this) {
      if (ended) {
        return CompletableFuture.failedFuture(Refusals.notRunning(jobId));
      }
      now = Optional.ofNullable(control);
    }
    return now.map(taker -> call(taker, () -> taker.tell(json)))
        .orElseGet(
            () ->
                CompletableFuture.failedFuture(
                    new JobException(
                        JobException.Code.UNAVAILABLE,
                        "The job '" + jobId + "' is just starting. Try again in a moment.")));
  }

  private CompletableFuture<Void> call(JobControl taker, Runnable work) {
    CompletableFuture<Void> taken = new CompletableFuture<>();
    try {
      thread.execute(
          () -> {
            Thread.currentThread().setContextClassLoader(taker.getClass().getClassLoader());
            try {
              work.run();
              taken.complete(null);
            } catch (Throwable e) { // the caller waits, whatever a plugin throws
              taken.completeExceptionally(e);
            } finally {
              Thread.currentThread().setContextClassLoader(null);
            }
          });
    } catch (RejectedExecutionException e) {
      taken.completeExceptionally(late(e));
    }
    return taken
        .orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
        .handle(
            (done, failure) -> {
              if (failure == null) {
                return null;
              }
              throw failure instanceof java.util.concurrent.TimeoutException
                  ? late(failure)
                  : Refusals.of(failure);
            });
  }

  private JobException late(Throwable cause) {
    return new JobException(
        JobException.Code.UNAVAILABLE,
        "The job '" + jobId + "' does not take what it is told now. Try again later.",
        cause);
  }

  /** The job's code has returned: nothing reaches it any more. */
  synchronized void end() {
    ended = true;
    control = null;
    thread.shutdownNow();
  }
}
