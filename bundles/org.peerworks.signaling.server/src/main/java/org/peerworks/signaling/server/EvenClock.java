package org.peerworks.signaling.server;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Starts with the time and runs evenly from then on, whoever sets the clock: for what lasts so long
 * and is kept in memory only.
 */
final class EvenClock extends Clock {

  private final Clock zone;
  private final Instant started;
  private final long startedNanos = System.nanoTime();

  EvenClock(Clock clock) {
    this.zone = clock;
    this.started = clock.instant();
  }

  @Override
  public Instant instant() {
    return started.plusNanos(System.nanoTime() - startedNanos);
  }

  @Override
  public ZoneId getZone() {
    return zone.getZone();
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new EvenClock(zone.withZone(other));
  }
}
