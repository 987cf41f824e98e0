package org.peerworks.protocol.sleap.internal.worker;

import java.util.function.LongSupplier;

/** How fast frames are done, from when it is made on. Not thread-safe. */
final class FrameRate {

  private final LongSupplier clock;
  private final long began;
  private double perSecond;

  /**
   * @param clock of nanoseconds
   */
  FrameRate(LongSupplier clock) {
    this.clock = clock;
    this.began = clock.getAsLong();
  }

  /**
   * @param done frames so far
   */
  void reached(long done) {
    double seconds = (clock.getAsLong() - began) * 1e-9;
    perSecond = seconds > 0 ? done / seconds : 0;
  }

  /** 0 if it is unknown. */
  double perSecond() {
    return Math.round(perSecond * 1000) / 1000.0;
  }

  /**
   * @param left frames
   * @return seconds that they take at this rate; 0 if that is unknown
   */
  double secondsFor(long left) {
    return perSecond > 0 ? Math.round(Math.max(0, left) / perSecond * 10) / 10.0 : 0;
  }
}
