package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.atomic.LongAdder;
import org.peerworks.signaling.server.basic.Json;

/** Counts since the start, without names. Thread-safe. */
final class Metrics {

  private final LongAdder received = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder slow = new LongAdder();

  void received() {
    received.increment();
  }

  void refused() {
    refused.increment();
  }

  void slow() {
    slow.increment();
  }

  ObjectNode toJson() {
    return Json.object()
        .put("messages_received", received.sum())
        .put("registrations_refused", refused.sum())
        .put("slow_readers_disconnected", slow.sum());
  }
}
