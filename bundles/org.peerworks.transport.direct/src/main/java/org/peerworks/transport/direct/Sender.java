package org.peerworks.transport.direct;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

/**
 * Sends what the channels of one connection have, a part of each in turn, so that a large message
 * on one holds up nobody on another. One thread of its own writes.
 */
final class Sender {

  /** More short frames wait only where the other side makes them and reads no answers. */
  private static final int MOST_CONTROL = 10_000;

  private final Link link;
  private final TlsPipe pipe;
  private final Queue<ByteBuffer> control = new ArrayDeque<>();
  private final Queue<DirectChannel> turns = new ArrayDeque<>();
  private final Set<DirectChannel> inTurn = new HashSet<>();
  private boolean tlsWaits;
  private ByteBuffer goodbye;
  private volatile long lastSent = System.nanoTime();

  Sender(Link link, TlsPipe pipe) {
    this.link = link;
    this.pipe = pipe;
    pipe.onWantsWrite(this::tlsWaits);
  }

  /** Sends a short frame soon. Any thread. */
  void control(ByteBuffer frame) {
    boolean tooMany;
    synchronized (this) {
      tooMany = control.size() >= MOST_CONTROL;
      if (!tooMany) {
        control.add(frame);
        notifyAll();
      }
    }
    if (tooMany) {
      link.lose("'" + link.peer() + "' does not read what it is sent.");
    }
  }

  /** A channel has something to send, or may send again. Any thread. */
  synchronized void ready(DirectChannel channel) {
    if (inTurn.add(channel)) {
      turns.add(channel);
      notifyAll();
    }
  }

  private synchronized void tlsWaits() {
    tlsWaits = true;
    notifyAll();
  }

  /** Sends this as the last frame, before all that waits. Any thread. */
  synchronized void end(ByteBuffer last) {
    if (goodbye == null) {
      goodbye = last;
      notifyAll();
    }
  }

  /** As {@link System#nanoTime} counts. */
  long lastSent() {
    return lastSent;
  }

  /** Until the end; the body of the thread that writes. */
  void run() {
    Batch batch = new Batch();
    try {
      while (fill(batch)) {
        send(batch);
      }
      pipe.write(new ByteBuffer[] {goodbye}, 1);
      pipe.end();
    } catch (IOException | RuntimeException e) {
      batch.failed(link.pool(), "The connection was lost: " + Failures.words(e));
      link.lost(e);
    }
  }

  private void send(Batch batch) throws IOException {
    if (batch.isEmpty()) {
      pipe.writeOwn();
    } else {
      pipe.write(batch.buffers(), batch.count());
      batch.completed().forEach(message -> link.counters().sent(message.content().remaining()));
    }
    lastSent = System.nanoTime();
    batch.sent(link.pool());
  }

  /**
   * Waits for something to send.
   *
   * @return false at the end
   */
  private synchronized boolean fill(Batch batch) {
    while (true) {
      while (goodbye == null && control.isEmpty() && turns.isEmpty() && !tlsWaits) {
        try {
          wait();
        } catch (InterruptedException e) {
          goodbye = Frames.reason(Frames.GOODBYE, 0, "");
        }
      }
      if (goodbye != null) {
        return false;
      }
      boolean own = tlsWaits;
      tlsWaits = false;
      take(batch);
      if (own || !batch.isEmpty()) {
        return true;
      }
    }
  }

  private void take(Batch batch) {
    while (!control.isEmpty() && !batch.full()) {
      batch.add(control.remove());
    }
    while (!turns.isEmpty() && !batch.full()) {
      DirectChannel channel = turns.remove();
      if (channel.outbox().fill(batch)) {
        turns.add(channel);
      } else {
        inTurn.remove(channel);
      }
    }
  }
}
