package org.peerworks.transport.webrtc;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of one transport. All of them have a name and this bundle's class loader. */
final class Threads implements AutoCloseable {

  private final AtomicInteger number = new AtomicInteger();
  private final ExecutorService pool =
      Executors.newCachedThreadPool(named("peerworks-webrtc-", true));
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(named("peerworks-webrtc-timer", false));

  /** Runs what came from native callbacks, and what belongs to the callers. */
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

  /** Runs a task later; never after the transport has ended. */
  void after(long millis, Runnable task) {
    try {
      timer.schedule(() -> pool().execute(task), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The transport has ended, and with it everything that a timer watches.
    }
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
