package org.peerworks.signaling.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Messages that wait for one reader: one on its way at a time, and never more than the limit
 * waiting. Thread-safe; calls out without holding its lock.
 */
final class SendQueue {

  /** What a short message costs in memory beside its characters. */
  private static final int OVERHEAD = 64;

  private final int maxCharacters;
  private final Consumer<String> wire;
  private final Runnable tooSlow;
  private final Deque<String> waiting = new ArrayDeque<>();
  private long waitingCharacters;
  private boolean onItsWay;
  private boolean pumping;
  private boolean closed;
  private Runnable last;

  /**
   * @param wire starts to send one message; {@link #sent} is to be called when it has gone, from
   *     any thread
   * @param tooSlow called once, when the reader is too slow
   */
  SendQueue(int maxCharacters, Consumer<String> wire, Runnable tooSlow) {
    this.maxCharacters = maxCharacters;
    this.wire = wire;
    this.tooSlow = tooSlow;
  }

  void offer(String message) {
    boolean full;
    synchronized (this) {
      if (closed || last != null) {
        return;
      }
      waiting.add(message);
      waitingCharacters += message.length() + OVERHEAD;
      full = waitingCharacters > maxCharacters;
      if (full) {
        abandon();
      }
    }
    if (full) {
      tooSlow.run();
    } else {
      pump();
    }
  }

  /** The message on its way has gone. */
  void sent() {
    synchronized (this) {
      onItsWay = false;
    }
    pump();
  }

  /** Runs the action when all that waits has gone; takes nothing more. */
  void finish(Runnable action) {
    synchronized (this) {
      if (closed || last != null) {
        return;
      }
      last = action;
    }
    pump();
  }

  /** Forgets what waits; takes nothing more. */
  synchronized void abandon() {
    closed = true;
    last = null;
    waiting.clear();
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
      Runnable end = null;
      synchronized (this) {
        next = onItsWay || closed ? null : waiting.poll();
        if (next != null) {
          onItsWay = true;
          waitingCharacters -= next.length() + OVERHEAD;
        } else {
          pumping = false;
          if (!onItsWay && !closed && last != null) {
            end = last;
            abandon();
          }
        }
      }
      if (next != null) {
        wire.accept(next);
        continue;
      }
      if (end != null) {
        end.run();
      }
      return;
    }
  }
}
