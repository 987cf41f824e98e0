package org.peerworks.protocol.sleap.internal.worker;

import java.util.function.LongSupplier;

/**
 * Passes on so many redraws of a progress bar per second, and always the one that is left standing
 * before a line comes. Not thread-safe.
 */
final class Thinner implements LogCutter.Target {

  private final LogCutter.Target target;
  private final long nanosBetween;
  private final LongSupplier clock;
  private long last;
  private boolean any;
  private String held;

  /**
   * @param clock of nanoseconds
   */
  Thinner(LogCutter.Target target, int perSecond, LongSupplier clock) {
    this.target = target;
    this.nanosBetween = 1_000_000_000L / perSecond;
    this.clock = clock;
  }

  @Override
  public void line(String line, boolean redraw) {
    if (!redraw) {
      flush();
      target.line(line, false);
      return;
    }
    long now = clock.getAsLong();
    if (any && now - last < nanosBetween) {
      held = line;
      return;
    }
    held = null;
    any = true;
    last = now;
    target.line(line, true);
  }

  /** Hands out the redraw that was held back, if any. */
  void flush() {
    if (held != null) {
      String line = held;
      held = null;
      target.line(line, true);
    }
  }
}
