package org.peerworks.protocol.peerworks.internal;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of the protocol: a clock, and as many others as there is work for. */
final class Threads implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Threads.class);

  private final AtomicInteger count = new AtomicInteger();
  private final ExecutorService pool =
      Executors.newCachedThreadPool(
          task -> thread(task, "peerworks-protocol-" + count.incrementAndGet()));
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(task -> thread(task, "peerworks-protocol-clock"));

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  Executor pool() {
    return pool;
  }

  /** Runs a short task now and then every so many seconds. */
  void every(int seconds, Runnable task) {
    clock.scheduleWithFixedDelay(
        () -> {
          try {
            task.run();
          } catch (RuntimeException | Error e) { // or the clock would drop the task without a word
            LOG.error("A task of the protocol's clock failed", e);
          }
        },
        0,
        seconds,
        TimeUnit.SECONDS);
  }

  /** Runs a short task once, after a while; not after the end. */
  void after(Duration pause, Runnable task) {
    try {
      clock.schedule(task, pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("A task came too late, as the protocol is stopping", e);
    }
  }

  /** Lets what runs end within two seconds, then interrupts it. */
  @Override
  public void close() {
    clock.shutdownNow();
    pool.shutdown();
    try {
      if (!pool.awaitTermination(2, TimeUnit.SECONDS)) {
        pool.shutdownNow();
        if (!pool.awaitTermination(2, TimeUnit.SECONDS)) {
          LOG.warn("A thread of the protocol did not end in time");
        }
      }
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
