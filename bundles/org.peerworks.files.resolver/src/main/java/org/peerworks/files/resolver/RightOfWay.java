package org.peerworks.files.resolver;

import java.util.concurrent.TimeUnit;

/**
 * Lets short questions go before searches, because both need the processors: searches stand still
 * while a question is open. Questions without end, or one that its disk keeps, do not stop them:
 * after a while they have a turn, and the next turns are longer and longer until no question is
 * open. One for all mounts of a worker. Thread-safe.
 */
final class RightOfWay {

  /** Many times what a hundred questions take that are asked at once. */
  private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long FIRST_TURN = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST_TURN = TimeUnit.SECONDS.toNanos(2);

  private volatile int questions;
  private long turn = FIRST_TURN;
  private long turnEnds = System.nanoTime();

  /** A question is asked; {@link #answered} follows, whatever becomes of it. */
  synchronized void asked() {
    questions++;
  }

  synchronized void answered() {
    questions--;
    if (questions == 0) {
      turn = FIRST_TURN;
      turnEnds = System.nanoTime();
      notifyAll();
    }
  }

  boolean isAsked() {
    return questions > 0;
  }

  /** Called by a search, often; returns when it may go on, or at once if it is interrupted. */
  void give() {
    if (!isAsked()) {
      return;
    }
    try {
      await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the mount is taken away; whoever searches notices
    }
  }

  private synchronized void await() throws InterruptedException {
    long now = System.nanoTime();
    long until = now + LONGEST_WAIT;
    while (questions > 0 && now - turnEnds >= 0 && now - until < 0) {
      TimeUnit.NANOSECONDS.timedWait(this, until - now);
      now = System.nanoTime();
    }
    if (questions > 0 && now - turnEnds >= 0) {
      turnEnds = now + turn;
      turn = Math.min(2 * turn, LONGEST_TURN);
    }
  }
}
