package org.peerworks.protocol.sleap.internal.client;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of the client's side: a clock, and as many others as there is work for. */
final class ClientThreads implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ClientThreads.class);

  private final AtomicInteger count = new AtomicInteger();
  private final ExecutorService pool =
      Executors.newCachedThreadPool(
          task -> thread(task, "sleap-client-" + count.incrementAndGet()));
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(task -> thread(task, "sleap-client-clock"));

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Runs tasks; drops them once this is closed. */
  Executor pool() {
    return task -> {
      try {
        pool.execute(task);
      } catch (RejectedExecutionException e) {
        LOG.debug("A task came after the end", e);
      }
    };
  }

  /** Runs a task on the pool, later and then again and again. */
  Future<?> every(Duration pause, Runnable task) {
    return clock.scheduleWithFixedDelay(
        () -> pool().execute(task), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Runs a task on the pool, once. */
  Future<?> later(Duration delay, Runnable task) {
    return clock.schedule(() -> pool().execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    clock.shutdownNow();
    pool.shutdown();
    try {
      if (!pool.awaitTermination(2, TimeUnit.SECONDS)) {
        pool.shutdownNow();
      }
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
