package org.peerworks.job.process;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after all programs with one thread; the young ones more often than the old ones. */
final class ProgramWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProgramWatch.class);

  private static final long SHORTEST = Duration.ofMillis(5).toNanos();
  private static final long LONGEST = Duration.ofMillis(250).toNanos();
  private static final long STOPPING = Duration.ofMillis(25).toNanos();
  private static final int PART_OF_AGE = 50;

  private final ScheduledThreadPoolExecutor looks;
  private final ExecutorService callbacks;
  private final Set<LocalProgram> watched = ConcurrentHashMap.newKeySet();
  private final Map<LocalProgram, Future<?>> next = new ConcurrentHashMap<>();

  ProgramWatch() {
    looks = new ScheduledThreadPoolExecutor(1, task -> thread(task, "program-watch"));
    looks.setRemoveOnCancelPolicy(true);
    AtomicInteger number = new AtomicInteger();
    callbacks =
        Executors.newCachedThreadPool(
            task -> thread(task, "program-exit-" + number.incrementAndGet()));
    // Not by the first plugin that starts a program: a thread keeps the class loaders that it is
    // made by.
    looks.prestartCoreThread();
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(ProgramWatch.class.getClassLoader());
    return thread;
  }

  /** Looks at once, and goes on until the program needs it no more. */
  void lookNow(LocalProgram program) {
    watched.add(program);
    submit(() -> looks.execute(() -> look(program, System.nanoTime())));
    if (looks.isShutdown()) {
      abandon(program);
    }
  }

  /** Runs what waits for programs apart from the looking: it may take its time. */
  void callBack(Runnable task) {
    submit(() -> callbacks.execute(task));
  }

  private void look(LocalProgram program, long since) {
    Future<?> planned = next.remove(program);
    if (planned != null) {
      planned.cancel(false);
    }
    boolean again = true;
    try {
      again = program.look();
    } catch (RuntimeException e) {
      LOG.error("Looking after program {} failed", program.pid(), e);
    }
    if (!again) {
      watched.remove(program);
    } else {
      long age = (System.nanoTime() - since) / PART_OF_AGE;
      long pause = program.stopping() ? STOPPING : Math.min(LONGEST, Math.max(SHORTEST, age));
      submit(
          () ->
              next.put(
                  program,
                  looks.schedule(() -> look(program, since), pause, TimeUnit.NANOSECONDS)));
    }
  }

  private void abandon(LocalProgram program) {
    watched.remove(program);
    program.abandon();
  }

  private void submit(Runnable submission) {
    try {
      submission.run();
    } catch (RejectedExecutionException e) {
      LOG.debug("The program executor has been stopped; its programs go on");
    }
  }

  /** Leaves the programs alone. What waits for their end hears that nobody looks any more. */
  @Override
  public void close() {
    looks.shutdownNow();
    for (LocalProgram program : watched) {
      callBack(() -> abandon(program));
    }
    callbacks.shutdown();
  }
}
