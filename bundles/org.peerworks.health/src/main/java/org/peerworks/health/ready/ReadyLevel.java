package org.peerworks.health.ready;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.peerworks.health.api.Readiness;

/** One level: what it waits for, and since when. Guarded by its owner. */
final class ReadyLevel {

  private final String name;
  private final Supplier<String> missing;
  private final Clock clock;
  private final Duration patience;
  private boolean reached;
  private OptionalLong missedNanos = OptionalLong.empty();
  private Instant since;
  private String waitsFor = "its start";

  /**
   * @param missing tells what is missing, for people; empty if nothing is
   * @param patience how long something may be missing until the level counts as lost
   */
  ReadyLevel(String name, Supplier<String> missing, Clock clock, Duration patience) {
    this.name = name;
    this.missing = missing;
    this.clock = clock;
    this.patience = patience;
    this.since = clock.instant();
  }

  /** Looks again, and tells if this has changed whether the level is reached. */
  void look(Consumer<Readiness> changed) {
    String now = missing.get();
    if (reached && !now.isEmpty() && isPatient()) {
      return;
    }
    missedNanos = OptionalLong.empty();
    waitsFor = now;
    if (waitsFor.isEmpty() != reached) {
      reached = waitsFor.isEmpty();
      since = clock.instant();
      changed.accept(readiness());
    }
  }

  private boolean isPatient() {
    if (missedNanos.isEmpty()) {
      missedNanos = OptionalLong.of(System.nanoTime());
    }
    return System.nanoTime() - missedNanos.getAsLong() < patience.toNanos();
  }

  Readiness readiness() {
    return new Readiness(name, reached, since, waitsFor);
  }
}
