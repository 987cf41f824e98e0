package org.peerworks.lib.slp;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads on a thread of its own, one thing after the other, so that whoever wants to know can give
 * up: nothing ends a reader that follows a circle, which then goes on until the process ends.
 */
final class ReadingThread implements AutoCloseable {

  private final ExecutorService executor;
  private final Duration most;

  ReadingThread(String name, Duration most) {
    this.most = most;
    executor =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Does the work, or gives up.
   *
   * @throws Exception what the work throws; {@link DamageException} if it takes too long
   */
  <T> T run(Callable<T> work) throws Exception {
    Future<T> result;
    try {
      result = executor.submit(work);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("The file is closed", e);
    }
    try {
      return result.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    } catch (TimeoutException | CancellationException e) {
      executor.shutdownNow();
      throw new DamageException("reading it takes longer than " + most.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
      throw new DamageException("reading it was interrupted", e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
