package org.peerworks.signaling.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Growing pauses, each a little different so that peers do not come back all at once. */
final class Backoff {

  private static final double LEAST = 0.75;
  private static final double SPREAD = 0.5;

  private final Pace pace;
  private final RandomGenerator random;
  private Duration next;

  Backoff(Pace pace, RandomGenerator random) {
    this.pace = pace;
    this.random = random;
    this.next = pace.firstPause();
  }

  Duration next() {
    Duration pause = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(pace.longestPause()) < 0 ? doubled : pace.longestPause();
    return Duration.ofNanos((long) (pause.toNanos() * (LEAST + SPREAD * random.nextDouble())));
  }

  void reset() {
    next = pace.firstPause();
  }
}
