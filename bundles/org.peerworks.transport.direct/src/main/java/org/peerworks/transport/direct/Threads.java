package org.peerworks.transport.direct;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one transport; there are none before the first is needed. All of them have a name
 * and this bundle's class loader.
 */
final class Threads implements AutoCloseable {

  private final AtomicInteger number = new AtomicInteger();
  private final ExecutorService pool =
      Executors.newCachedThreadPool(named("peerworks-direct-", true));
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, named("peerworks-direct-timer", false));

  Threads() {
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(30, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
  }

  /** Runs what belongs to the callers, and what may block. */
  Executor pool() {
    return task -> {
      try {
        pool.execute(task);
      } catch (RejectedExecutionException e) {
        // After the transport has ended nobody is left to be told, except those who wait.
        task.run();
      }
    };
  }

  /**
   * Runs a task later; never after the transport has ended.
   *
   * @return cancels it
   */
  Future<?> after(long millis, Runnable task) {
    try {
      return timer.schedule(() -> pool().execute(task), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The transport has ended, and with it everything that a timer watches.
      return CompletableFuture.completedFuture(null);
    }
  }

  /** Runs a task again and again, the first time after one period. */
  Future<?> every(long millis, Runnable task) {
    try {
      return timer.scheduleAtFixedRate(task, millis, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(null);
    }
  }

  /** Whether nothing is done later any more. */
  boolean ended() {
    return timer.isShutdown();
  }

  static Thread thread(Runnable body, String name) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(Threads.class.getClassLoader());
    return thread;
  }

  private ThreadFactory named(String name, boolean counted) {
    return body -> thread(body, counted ? name + number.incrementAndGet() : name);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    pool.shutdown();
    try {
      if (!pool.awaitTermination(1, TimeUnit.SECONDS)) {
        pool.shutdownNow();
      }
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
