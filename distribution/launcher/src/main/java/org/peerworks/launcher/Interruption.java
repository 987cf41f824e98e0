package org.peerworks.launcher;

import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;

/**
 * What Ctrl-C (SIGINT) and SIGTERM do: the first one interrupts the thread that runs the command,
 * which ends in order; a second Ctrl-C, or a command that does not end in time after SIGTERM, ends
 * the process.
 */
final class Interruption {

  /** Exit status of a process that SIGINT ended. */
  static final int STATUS = 130;

  private static final int TERMINATED = 143;
  private static final long GRACE_MILLIS = 5_000;

  private final Thread command;
  private final AtomicInteger count = new AtomicInteger();
  private volatile boolean asked;
  private volatile boolean armed = true;

  private Interruption(Thread command) {
    this.command = command;
  }

  static Interruption of(Thread command) {
    Interruption interruption = new Interruption(command);
    Signals.register("INT", interruption::interrupt);
    Signals.register("TERM", interruption::terminate);
    return interruption;
  }

  /** The command has ended: from now on the process ends by itself. */
  void disarm() {
    armed = false;
  }

  /** Whether a signal asked for the end. */
  boolean isAsked() {
    return asked;
  }

  private void interrupt() {
    if (count.incrementAndGet() > 1) {
      Runtime.getRuntime().halt(STATUS);
    }
    asked = true;
    interruptCommand();
  }

  private void terminate() {
    asked = true;
    interruptCommand();
    haltSoon(TERMINATED);
  }

  /** Ends the process within seconds, whatever a library left running. */
  static void haltSoon(int status) {
    Thread deadline = new Thread(() -> haltAfterGrace(status), "stop-deadline");
    deadline.setDaemon(true);
    deadline.start();
  }

  /** Asks the command to end, unless it has ended. */
  void interruptCommand() {
    if (armed) {
      command.interrupt();
    }
  }

  private static void haltAfterGrace(int status) {
    try {
      Thread.sleep(GRACE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(status);
  }
}
