package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * What is told on one channel of the relay (sleap-rtc wire format §1.11): to those who read it now,
 * and the last of it to those who come later. Thread-safe; nothing here blocks.
 */
final class Feed {

  private static final int KEPT = 200;
  private static final int KEPT_CHARACTERS = 64 * 1024;
  private static final double MILLIS = 1000.0;

  private final Clock clock;
  private final Deque<String> kept = new ArrayDeque<>();
  private final Set<Watch> watches = new HashSet<>();
  private int keptCharacters;

  /**
   * Somebody who reads.
   *
   * @param may whether that one still may
   */
  record Watch(EventStream stream, String account, BooleanSupplier may) {}

  Feed(Clock clock) {
    this.clock = clock;
  }

  synchronized void publish(ObjectNode message) {
    String text = message.put("_ts", clock.millis() / MILLIS).toString();
    kept.add(text);
    keptCharacters += text.length();
    while (kept.size() > KEPT || keptCharacters > KEPT_CHARACTERS) {
      keptCharacters -= kept.remove().length();
    }
    putOut();
    watches.forEach(watch -> watch.stream().tell(text));
  }

  synchronized void read(Watch watch) {
    kept.forEach(watch.stream()::tell);
    watches.add(watch);
  }

  /** Shows readers that the server lives, which also finds out who has gone. */
  synchronized void keepAlive() {
    putOut();
    watches.forEach(watch -> watch.stream().keepAlive());
  }

  synchronized int readers() {
    watches.removeIf(watch -> watch.stream().isOver());
    return watches.size();
  }

  synchronized int readersOf(String account) {
    watches.removeIf(watch -> watch.stream().isOver());
    return (int) watches.stream().filter(watch -> watch.account().equals(account)).count();
  }

  /** Nothing more will be told. */
  synchronized void end() {
    watches.forEach(watch -> watch.stream().end());
    watches.clear();
  }

  private void putOut() {
    for (Watch watch : Set.copyOf(watches)) {
      if (watch.stream().isOver()) {
        watches.remove(watch);
      } else if (!watch.may().getAsBoolean()) {
        watch.stream().end();
        watches.remove(watch);
      }
    }
  }
}
