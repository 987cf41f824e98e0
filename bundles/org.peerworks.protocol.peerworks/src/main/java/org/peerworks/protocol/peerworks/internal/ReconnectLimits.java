package org.peerworks.protocol.peerworks.internal;

import java.time.Duration;

/**
 * How a worker is looked for that was lost.
 *
 * @param most longest time; zero for not at all
 * @param firstPause before the second try; the first is at once, and each pause is twice as long as
 *     the one before
 * @param longestPause between two tries
 */
public record ReconnectLimits(Duration most, Duration firstPause, Duration longestPause) {

  private static final Duration AFTER_BYE = Duration.ofSeconds(10);

  /** Least pause after the worker has ended the connection itself. */
  public Duration afterBye() {
    return AFTER_BYE.compareTo(longestPause) < 0 ? AFTER_BYE : longestPause;
  }

  /** With the usual pauses. */
  public static ReconnectLimits within(Duration most) {
    return new ReconnectLimits(most, Duration.ofMillis(500), Duration.ofSeconds(15));
  }
}
