package org.peerworks.signaling.server.basic;

import java.util.function.LongSupplier;

/** A bucket of permits that fills at a steady rate. Thread-safe. */
public final class RateLimit {

  private static final double NANOS = 1e9;

  private final double perSecond;
  private final double burst;
  private final LongSupplier nanoClock;
  private double permits;
  private long filledAt;

  public RateLimit(double perSecond, double burst, LongSupplier nanoClock) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanoClock = nanoClock;
    this.permits = burst;
    this.filledAt = nanoClock.getAsLong();
  }

  /** What was taken last did not have to be counted. */
  public synchronized void giveBack() {
    permits = Math.min(burst, permits + 1);
  }

  public synchronized boolean take() {
    long now = nanoClock.getAsLong();
    permits = Math.min(burst, permits + perSecond * (now - filledAt) / NANOS);
    filledAt = now;
    if (permits < 1) {
      return false;
    }
    permits--;
    return true;
  }
}
