package org.peerworks.health.ready;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Compares the clock with one that runs evenly. A jump is one of the clock, or the sleep of the
 * whole machine. Thread-safe.
 */
public final class ClockJumps {

  private static final Duration TOLERABLE = Duration.ofSeconds(5);

  /**
   * The latest jump.
   *
   * @param seen what the clock showed when it was noticed
   * @param by how far it jumped; negative if it was set back
   * @param agoNanos how long ago it was noticed, by the even clock
   */
  public record Jump(Instant seen, Duration by, long agoNanos) {}

  private final Clock clock;
  private final LongSupplier nanos;
  private Instant lastTime;
  private long lastNanos;
  private Jump latest; // its agoNanos is when it was seen

  /**
   * @param nanos as {@link System#nanoTime()}
   */
  public ClockJumps(Clock clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    lastTime = clock.instant();
    lastNanos = nanos.getAsLong();
  }

  /**
   * Compares what has passed on both clocks since the last call.
   *
   * @return the latest jump since this was made
   */
  public synchronized Optional<Jump> look() {
    Instant time = clock.instant();
    long now = nanos.getAsLong();
    Duration by = Duration.between(lastTime, time).minusNanos(now - lastNanos);
    lastTime = time;
    lastNanos = now;
    if (by.abs().compareTo(TOLERABLE) > 0) {
      latest = new Jump(time, by, now);
    }
    return Optional.ofNullable(latest)
        .map(jump -> new Jump(jump.seen(), jump.by(), now - jump.agoNanos()));
  }
}
