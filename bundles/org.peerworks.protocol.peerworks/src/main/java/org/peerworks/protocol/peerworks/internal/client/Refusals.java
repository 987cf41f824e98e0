package org.peerworks.protocol.peerworks.internal.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.job.api.JobException;
import org.peerworks.protocol.peerworks.internal.model.Failures;

/** Failures of calls, as the contracts of jobs and files have them. */
final class Refusals {

  private Refusals() {}

  /** Whether it is no answer of the worker's, but says that there is none. */
  static boolean isUnavailable(Throwable failure) {
    FileAccessException ofFiles = ofFiles(failure);
    return ofFiles != null
        ? ofFiles.code() == FileAccessException.Code.UNAVAILABLE
        : Failures.isUnavailable(failure);
  }

  /** A stage that fails with the refusal itself, not with one that wraps it. */
  static <T> CompletionStage<T> ofJobs(CompletionStage<T> stage) {
    CompletableFuture<T> plain = new CompletableFuture<>();
    stage.whenComplete(
        (result, failure) -> {
          if (failure == null) {
            plain.complete(result);
          } else {
            plain.completeExceptionally(Failures.refusal(failure));
          }
        });
    return plain;
  }

  /** The same for calls on files. */
  static <T> CompletionStage<T> ofFiles(CompletionStage<T> stage) {
    CompletableFuture<T> plain = new CompletableFuture<>();
    stage.whenComplete(
        (result, failure) -> {
          if (failure == null) {
            plain.complete(result);
          } else {
            FileAccessException known = ofFiles(failure);
            plain.completeExceptionally(known != null ? known : translated(failure));
          }
        });
    return plain;
  }

  private static FileAccessException ofFiles(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FileAccessException refusal) {
        return refusal;
      }
    }
    return null;
  }

  private static FileAccessException translated(Throwable failure) {
    JobException refusal = Failures.refusal(failure);
    FileAccessException.Code code =
        switch (refusal.code()) {
          case INVALID -> FileAccessException.Code.INVALID_REQUEST;
          case LIMIT -> FileAccessException.Code.LIMIT;
          case UNAVAILABLE -> FileAccessException.Code.UNAVAILABLE;
          default -> FileAccessException.Code.INTERNAL;
        };
    return new FileAccessException(code, refusal.getMessage(), refusal);
  }
}
