package org.peerworks.cli.connect;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Waiting for stages. */
public final class Stages {

  private Stages() {}

  /**
   * Waits for a stage; throws what it failed with, unwrapped. An interrupt cancels the stage.
   *
   * @throws InterruptedException if this thread was interrupted
   */
  public static <T> T await(CompletionStage<T> stage) throws InterruptedException {
    try {
      return stage.toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } catch (InterruptedException e) {
      stage.toCompletableFuture().cancel(true);
      throw e;
    }
  }

  /** What made a stage fail. */
  public static RuntimeException unwrapped(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof ExecutionException || cause instanceof CompletionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof CancellationException) {
      return new IllegalStateException("It was given up.", cause);
    }
    return cause instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException(String.valueOf(cause.getMessage()), cause);
  }
}
