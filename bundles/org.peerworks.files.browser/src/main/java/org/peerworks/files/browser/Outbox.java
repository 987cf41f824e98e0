package org.peerworks.files.browser;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Messages on their way to one page: one at a time, and never more than the limit waiting.
 * Thread-safe; calls out without holding its lock.
 */
final class Outbox {

  /** The largest listings, one for each question that may be open, fit in. */
  static final int MOST_CHARACTERS = 16 << 20;

  /** What a short message costs in memory beside its characters. */
  private static final int OVERHEAD = 64;

  private final Consumer<String> wire;
  private final Runnable tooSlow;
  private final Deque<String> waiting = new ArrayDeque<>();
  private long characters;
  private boolean onItsWay;
  private boolean pumping;
  private boolean closed;

  /**
   * @param wire starts to send a message; {@link #sent} is to be called when it has gone
   * @param tooSlow called once, when the page does not read
   */
  Outbox(Consumer<String> wire, Runnable tooSlow) {
    this.wire = wire;
    this.tooSlow = tooSlow;
  }

  void send(String message) {
    boolean full;
    synchronized (this) {
      if (closed) {
        return;
      }
      waiting.add(message);
      characters += message.length() + OVERHEAD;
      full = characters > MOST_CHARACTERS;
      if (full) {
        close();
      }
    }
    if (full) {
      tooSlow.run();
    } else {
      pump();
    }
  }

  /** Whether nothing waits. */
  synchronized boolean isIdle() {
    return !closed && !onItsWay && waiting.isEmpty();
  }

  /** The message on its way has gone. */
  void sent() {
    synchronized (this) {
      onItsWay = false;
    }
    pump();
  }

  /** Forgets what waits; takes nothing more. */
  synchronized void close() {
    closed = true;
    waiting.clear();
    characters = 0;
  }

  /** A loop, as a message may be gone before the call that sends it returns. */
  private void pump() {
    synchronized (this) {
      if (pumping) {
        return;
      }
      pumping = true;
    }
    while (true) {
      String next;
      synchronized (this) {
        next = onItsWay ? null : waiting.poll();
        if (next == null) {
          pumping = false;
          return;
        }
        onItsWay = true;
        characters -= next.length() + OVERHEAD;
      }
      wire.accept(next);
    }
  }
}
