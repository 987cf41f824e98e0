package org.peerworks.transport.webrtc;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.peerworks.transport.api.Traffic;

/** Counts what passes over one connection. */
final class Counters {

  private final LongAdder messagesSent = new LongAdder();
  private final LongAdder bytesSent = new LongAdder();
  private final AtomicLong messagesReceived = new AtomicLong();
  private final LongAdder bytesReceived = new LongAdder();

  void sent(int bytes) {
    messagesSent.increment();
    bytesSent.add(bytes);
  }

  /** Answers how many messages were received so far. */
  long received(int bytes) {
    bytesReceived.add(bytes);
    return messagesReceived.incrementAndGet();
  }

  Traffic traffic(long waiting) {
    return new Traffic(
        messagesSent.sum(), bytesSent.sum(), messagesReceived.get(), bytesReceived.sum(), waiting);
  }
}
