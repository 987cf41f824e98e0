package org.peerworks.transport.webrtc;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many received bytes may wait on one connection, over all its channels: however many channels
 * a peer opens, it gets no more memory of this machine. Thread-safe.
 */
final class ReceiveBudget {

  private final long maxBytes;
  private final AtomicLong waiting = new AtomicLong();

  ReceiveBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  long maxBytes() {
    return maxBytes;
  }

  /** Counts bytes that begin to wait; answers false, and counts nothing, if it were too many. */
  boolean take(long bytes) {
    if (waiting.addAndGet(bytes) <= maxBytes) {
      return true;
    }
    waiting.addAndGet(-bytes);
    return false;
  }

  /** Bytes wait no longer. */
  void give(long bytes) {
    waiting.addAndGet(-bytes);
  }

  long waiting() {
    return waiting.get();
  }
}
