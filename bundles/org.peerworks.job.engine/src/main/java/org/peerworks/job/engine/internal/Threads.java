package org.peerworks.job.engine.internal;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The engine's own threads; those of running jobs aside. */
final class Threads implements AutoCloseable {

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, named("job-timer"));
  private final ExecutorService submits;
  private final ExecutorService calls;
  private final ExecutorService deliveries = pool(8, Integer.MAX_VALUE, "job-delivery");
  private final ExecutorService types = pool(1, Integer.MAX_VALUE, "job-types");
  private final ExecutorService told = pool(1, Integer.MAX_VALUE, "job-types-told");
  private final ExecutorService chores = pool(1, 100, "job-chores");

  Threads(int maxPendingCalls) {
    submits = pool(16, maxPendingCalls, "job-submit");
    calls = pool(4, maxPendingCalls, "job-call");
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Fires; whatever blocks is not for it. */
  ScheduledThreadPoolExecutor timer() {
    return timer;
  }

  ExecutorService submits() {
    return submits;
  }

  ExecutorService calls() {
    return calls;
  }

  /** Bounded by the number of subscriptions: each waits here once at most. */
  ExecutorService deliveries() {
    return deliveries;
  }

  /** Changes where versions of job types stand. */
  ExecutorService types() {
    return types;
  }

  /** Tells listeners of plugins, who may block. */
  ExecutorService told() {
    return told;
  }

  ExecutorService chores() {
    return chores;
  }

  @Override
  public void close() {
    for (ExecutorService executor :
        List.of(timer, submits, calls, types, told, chores, deliveries)) {
      executor.shutdown();
    }
  }

  private static ExecutorService pool(int threads, int waiting, String name) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(waiting),
            named(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      // Whoever needs a thread first may be a plugin, whose class loader must be able to go.
      thread.setContextClassLoader(Threads.class.getClassLoader());
      return thread;
    };
  }
}
