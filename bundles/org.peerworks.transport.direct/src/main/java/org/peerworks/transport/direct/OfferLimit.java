package org.peerworks.transport.direct;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongSupplier;

/** How often one peer of a room may send an offer. */
final class OfferLimit {

  static final long PERIOD_MILLIS = 10_000;

  private static final int MAX_SENDERS = 10_000;

  private final int offers;
  private final LongSupplier millis;
  private final Map<String, Deque<Long>> recent = new HashMap<>();

  /**
   * @param offers of one peer within ten seconds
   * @param millis a clock that never goes back
   */
  OfferLimit(int offers, LongSupplier millis) {
    this.offers = offers;
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
    if (times.size() >= offers || recent.size() > MAX_SENDERS) {
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
