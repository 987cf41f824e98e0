package org.peerworks.job.engine.internal;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.peerworks.job.api.JobException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a caller is told when something of ours fails. */
final class Refusals {

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private Refusals() {}

  static JobException of(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof JobException refused) {
      return refused;
    }
    if (cause instanceof IllegalArgumentException invalid) {
      return new JobException(JobException.Code.INVALID, invalid.getMessage(), invalid);
    }
    if (cause instanceof RejectedExecutionException rejected) {
      return busy(rejected);
    }
    Optional<Trouble> trouble = Trouble.of(cause);
    if (trouble.isPresent()) {
      LOG.warn("A call on jobs was refused, for {}: {}", trouble.get().what(), cause.toString());
      return trouble.get().refusal(cause);
    }
    LOG.error("A call on jobs failed", cause);
    return new JobException(
        JobException.Code.INTERNAL, "The worker failed at this; its log has more.", cause);
  }

  static JobException notFound(String jobId) {
    return new JobException(
        JobException.Code.NOT_FOUND,
        "There is no job '" + (jobId.length() > 60 ? jobId.substring(0, 60) + "…" : jobId) + "'.");
  }

  static JobException notRunning(String jobId) {
    return new JobException(
        JobException.Code.INVALID, "The job '" + jobId + "' does not run, so nobody hears it.");
  }

  static JobException notWaiting(String jobId) {
    return new JobException(
        JobException.Code.INVALID,
        "The job '" + jobId + "' does not wait, so it has no place in the queue.");
  }

  static JobException stopping() {
    return new JobException(
        JobException.Code.UNAVAILABLE, "The worker is stopping. Try again when it is back.");
  }

  static JobException closed(String why) {
    return new JobException(
        JobException.Code.UNAVAILABLE,
        "The worker takes no jobs in now: " + why + " Try again later, or at another worker.");
  }

  static JobException goesOnLater(String jobId) {
    return new JobException(
        JobException.Code.UNAVAILABLE,
        "The worker is stopping; the job '" + jobId + "' goes on when it is back.");
  }

  static JobException busy(RejectedExecutionException cause) {
    return new JobException(
        JobException.Code.UNAVAILABLE,
        "The worker has too many calls waiting, or is stopping. Try again later.",
        cause);
  }
}
