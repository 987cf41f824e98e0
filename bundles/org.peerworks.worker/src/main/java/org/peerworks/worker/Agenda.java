package org.peerworks.worker;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be done about the room, one thing after the other on one thread. */
final class Agenda implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Agenda.class);
  private static final Duration END = Duration.ofSeconds(2);

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "worker-room");
            thread.setDaemon(true);
            return thread;
          });

  Agenda() {
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * @return whether it will be done; false once this is closed
   */
  boolean soon(Runnable task) {
    try {
      executor.execute(guarded(task));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** Does something later, unless this is closed before. */
  Future<?> later(Duration delay, Runnable task) {
    try {
      return executor.schedule(guarded(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      Future<?> never = new FutureTask<>(task, null);
      never.cancel(false);
      return never;
    }
  }

  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) { // the executor would keep it to itself
        LOG.error("Work on the room failed", e);
      }
    };
  }

  /** Drops what is to be done later, and waits at most two seconds for what is due. */
  @Override
  public void close() {
    executor.shutdown(); // an interrupt would tear a file that is being written
    try {
      if (!executor.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Work on the room did not end within {} s; interrupting it", END.toSeconds());
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
