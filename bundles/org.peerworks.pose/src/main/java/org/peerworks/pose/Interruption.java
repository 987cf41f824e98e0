package org.peerworks.pose;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * SIGTERM and SIGINT, seen from work that wants to come to a good end first. Without such work
 * under way the program ends at once. Thread-safe.
 */
public final class Interruption {

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  /** Work that looks at {@link #requested()} and ends soon after. */
  @FunctionalInterface
  public interface Work {
    void run() throws UserError, IOException;
  }

  private int deferred;
  private boolean requested;

  /** Takes the signals of this process; Java then ends it with 128 + the signal's number. */
  public static Interruption ofProcess() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(interruption::requestAndWait, "pose-interruption"));
    return interruption;
  }

  /** Asks the work under way to come to an end. */
  public synchronized void request() {
    requested = true;
  }

  private synchronized void requestAndWait() {
    request();
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    try {
      for (long left = LONGEST_WAIT.toMillis(); deferred > 0 && left > 0; ) {
        wait(left);
        left = (end - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether work has to come to an end. */
  public synchronized boolean requested() {
    return requested;
  }

  /** Runs work that the program does not end before. */
  public void defer(Work work) throws UserError, IOException {
    begin();
    try {
      work.run();
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    deferred++;
  }

  private synchronized void end() {
    deferred--;
    notifyAll();
  }

  /** Does not return if the process is about to be ended by a signal. */
  void settle() {
    if (requested()) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
