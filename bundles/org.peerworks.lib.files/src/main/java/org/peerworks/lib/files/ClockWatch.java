package org.peerworks.lib.files;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether the clock has run evenly of late, or somebody has set it: then what is stored may
 * look older than it is. Ask it every hour or more often. Not thread-safe.
 */
public final class ClockWatch {

  private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

  private static final Duration JUMP = Duration.ofMinutes(10);
  private static final Duration DOUBT = Duration.ofDays(1);

  private final Clock clock;
  private final LongSupplier nanos;
  private Instant lastTime;
  private long lastNanos;
  private long sinceJump = DOUBT.toNanos();

  /**
   * @param nanos as {@link System#nanoTime()}: runs evenly, whatever becomes of the clock
   */
  public ClockWatch(Clock clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    this.lastTime = clock.instant();
    this.lastNanos = nanos.getAsLong();
  }

  /**
   * Compares the time since the last call.
   *
   * @return whether the clock has made no jump for a day, or since this was made
   */
  public boolean steady() {
    Instant time = clock.instant();
    long now = nanos.getAsLong();
    Duration passed = Duration.ofNanos(now - lastNanos);
    Duration jump = Duration.between(lastTime, time).minus(passed);
    sinceJump = Math.min(DOUBT.toNanos(), sinceJump + passed.toNanos());
    lastTime = time;
    lastNanos = now;
    if (jump.abs().compareTo(JUMP) > 0) {
      LOG.warn("The clock has jumped by {}; for a day nothing is deleted for its age", jump);
      sinceJump = 0;
    }
    return sinceJump >= DOUBT.toNanos();
  }
}
