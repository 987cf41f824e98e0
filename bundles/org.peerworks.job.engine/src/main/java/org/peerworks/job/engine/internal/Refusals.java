package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.util.Locale;
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
    if (isFull(cause)) {
      return new JobException(
          JobException.Code.NO_SPACE,
          "The worker's disk is full. Try again when there is room on it.",
          cause);
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

  static JobException stopping() {
    return new JobException(
        JobException.Code.UNAVAILABLE, "The worker is stopping. Try again when it is back.");
  }

  static JobException busy(RejectedExecutionException cause) {
    return new JobException(
        JobException.Code.UNAVAILABLE,
        "The worker has too many calls waiting, or is stopping. Try again later.",
        cause);
  }

  private static boolean isFull(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
      if ((t instanceof IOException || t instanceof java.sql.SQLException)
          && (message.contains("no space left")
              || message.contains("disk quota")
              || message.contains("sqlite_full"))) {
        return true;
      }
    }
    return false;
  }
}
