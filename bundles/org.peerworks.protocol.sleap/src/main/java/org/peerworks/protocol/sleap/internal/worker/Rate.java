package org.peerworks.protocol.sleap.internal.worker;

/** Allows so many things per second on average, and twice as many at once. Not thread-safe. */
final class Rate {

  private final double perSecond;
  private double left;
  private long last;

  Rate(double perSecond, long nowNanos) {
    this.perSecond = perSecond;
    this.left = Math.max(1, 2 * perSecond);
    this.last = nowNanos;
  }

  boolean allows(long nowNanos) {
    left = Math.min(Math.max(1, 2 * perSecond), left + (nowNanos - last) * 1e-9 * perSecond);
    last = nowNanos;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
