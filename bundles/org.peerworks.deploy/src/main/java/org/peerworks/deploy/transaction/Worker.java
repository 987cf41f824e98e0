package org.peerworks.deploy.transaction;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that changes the framework: never one of the shell or of a component, which the
 * change could end. It is there only while there is something to do.
 */
final class Worker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final int MOST_WAITING = 1000;

  private final ThreadPoolExecutor executor;

  Worker() {
    executor =
        new ThreadPoolExecutor(
            1,
            1,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            work -> {
              Thread thread = new Thread(work, "deploy");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  /**
   * Waits for its turn, and for the result.
   *
   * @throws IllegalStateException the work failed in a way that it should not, or the worker stops
   */
  <T> T call(Callable<T> work) {
    try {
      return executor.submit(work).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("The deployment failed: " + e.getCause(), e.getCause());
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException(
          "The deployment is stopping, or a thousand orders wait for it.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "You need not wait: the transaction goes on. 'deploy:history' tells how it ended.", e);
    }
  }

  /** Does not wait. */
  void submit(Runnable work) {
    try {
      executor.execute(work);
    } catch (RejectedExecutionException e) {
      LOG.warn("The deployment is stopping; the next start goes on", e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
