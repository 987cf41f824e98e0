package org.peerworks.protocol.peerworks.internal.client;

import java.time.Duration;
import org.peerworks.protocol.peerworks.internal.ReconnectLimits;

/**
 * How long a worker is looked for that was lost, and at what times. A connection that held only for
 * a moment counts as none, so that one that is lost again and again comes to an end too. Not
 * thread-safe.
 */
final class Patience {

  /** A connection that held so long was a good one. */
  private static final Duration STABLE = Duration.ofSeconds(10);

  private final ReconnectLimits limits;
  private Duration next = Duration.ZERO;
  private long lostAt;
  private long connectedAt;
  private boolean anew = true;

  Patience(ReconnectLimits limits, long now) {
    this.limits = limits;
    this.connectedAt = now;
  }

  /**
   * @param dismissed whether the worker wanted it so; then it is left alone for a while, as it may
   *     be full
   */
  void lost(long now, boolean dismissed) {
    if (anew || now - connectedAt >= STABLE.toNanos()) {
      anew = false;
      lostAt = now;
      next = Duration.ZERO;
    }
    if (dismissed && next.compareTo(limits.afterBye()) < 0) {
      next = limits.afterBye();
    }
  }

  void connected(long now) {
    connectedAt = now;
  }

  boolean isOver(long now) {
    return now - lostAt >= limits.most().toNanos();
  }

  /** Time until the next try, not longer than there is time at all. */
  Duration pause(long now) {
    Duration pause = next;
    Duration doubled = next.isZero() ? limits.firstPause() : next.multipliedBy(2);
    next = doubled.compareTo(limits.longestPause()) < 0 ? doubled : limits.longestPause();
    Duration left = Duration.ofNanos(Math.max(0, limits.most().toNanos() - (now - lostAt)));
    return pause.compareTo(left) < 0 ? pause : left;
  }
}
