package org.peerworks.files.browser;

import java.util.function.LongSupplier;

/** Permits that come back at a steady rate. For one thread. */
final class Pace {

  private static final double NANOS = 1e9;

  private final double perSecond;
  private final double burst;
  private final LongSupplier nanoClock;
  private double permits;
  private long filledAt;

  Pace(double perSecond, double burst, LongSupplier nanoClock) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanoClock = nanoClock;
    this.permits = burst;
    this.filledAt = nanoClock.getAsLong();
  }

  boolean take() {
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
