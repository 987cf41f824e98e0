package org.peerworks.protocol.peerworks.internal.wire;

/** Allows so many things per second on average, and twice as many at once. Not thread-safe. */
public final class Rate {

  private final double perSecond;
  private double left;
  private long last;

  public Rate(int perSecond, long nowNanos) {
    this.perSecond = perSecond;
    this.left = 2.0 * perSecond;
    this.last = nowNanos;
  }

  public boolean allows(long nowNanos) {
    left = Math.min(2 * perSecond, left + (nowNanos - last) * 1e-9 * perSecond);
    last = nowNanos;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
