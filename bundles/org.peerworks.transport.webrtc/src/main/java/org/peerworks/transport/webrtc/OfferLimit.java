package org.peerworks.transport.webrtc;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongSupplier;

/** How often one peer of a room may send an offer. */
final class OfferLimit {

  static final int OFFERS = 6;
  static final long PERIOD_MILLIS = 10_000;

  private static final int MAX_SENDERS = 10_000;

  private final LongSupplier millis;
  private final Map<String, Deque<Long>> recent = new HashMap<>();

  /**
   * @param millis a clock that never goes back
   */
  OfferLimit(LongSupplier millis) {
    this.millis = millis;
  }

  /** Counts an offer, and answers whether it may be looked at. */
  synchronized boolean allows(String sender) {
    long now = millis.getAsLong();
    if (recent.size() >= MAX_SENDERS) {
      forget(now);
    }
    Deque<Long> times = recent.computeIfAbsent(sender, s -> new ArrayDeque<>());
    while (!times.isEmpty() && now - times.peekFirst() >= PERIOD_MILLIS) {
      times.removeFirst();
    }
    if (times.size() >= OFFERS || recent.size() > MAX_SENDERS) {
      return false;
    }
    times.addLast(now);
    return true;
  }

  private void forget(long now) {
    for (Iterator<Deque<Long>> all = recent.values().iterator(); all.hasNext(); ) {
      Deque<Long> times = all.next();
      if (times.isEmpty() || now - times.peekLast() >= PERIOD_MILLIS) {
        all.remove();
      }
    }
  }
}
