package org.peerworks.transport.direct;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.peerworks.transport.api.Traffic;

/** Counts what passes over one connection. */
final class Counters {

  private final LongAdder messagesSent = new LongAdder();
  private final LongAdder bytesSent = new LongAdder();
  private final AtomicLong messagesReceived = new AtomicLong();
  private final AtomicLong leaks = new AtomicLong();
  private final LongAdder bytesReceived = new LongAdder();

  void sent(int bytes) {
    messagesSent.increment();
    bytesSent.add(bytes);
  }

  void received(int bytes) {
    bytesReceived.add(bytes);
    messagesReceived.incrementAndGet();
  }

  /**
   * Counts something of the other side that costs memory until the connection ends: a message, a
   * channel. Answers how many there were so far.
   */
  long leaked() {
    return leaks.incrementAndGet();
  }

  Traffic traffic(long waiting) {
    return new Traffic(
        messagesSent.sum(), bytesSent.sum(), messagesReceived.get(), bytesReceived.sum(), waiting);
  }
}
