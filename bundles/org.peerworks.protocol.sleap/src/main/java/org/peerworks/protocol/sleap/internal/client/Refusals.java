package org.peerworks.protocol.sleap.internal.client;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.peerworks.job.api.JobException;

/** What went wrong, as a caller of jobs gets it. */
final class Refusals {

  private Refusals() {}

  static JobException of(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof JobException refusal) {
      return refusal;
    }
    if (cause instanceof IOException) {
      return invalid("A file cannot be read: " + cause.getMessage(), cause);
    }
    return new JobException(
        JobException.Code.UNAVAILABLE,
        "The worker was not reached: " + String.valueOf(cause.getMessage()),
        cause);
  }

  static JobException invalid(String message) {
    return new JobException(JobException.Code.INVALID, message);
  }

  static JobException invalid(String message, Throwable cause) {
    return new JobException(JobException.Code.INVALID, message, cause);
  }
}
