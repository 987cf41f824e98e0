package org.peerworks.health.ready;

import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.peerworks.health.api.Readiness;

/** One level: what it waits for, and since when. Guarded by its owner. */
final class ReadyLevel {

  private final String name;
  private final Supplier<String> missing;
  private final Clock clock;
  private boolean reached;
  private Instant since;
  private String waitsFor = "its start";

  /**
   * @param missing tells what is missing, for people; empty if nothing is
   */
  ReadyLevel(String name, Supplier<String> missing, Clock clock) {
    this.name = name;
    this.missing = missing;
    this.clock = clock;
    this.since = clock.instant();
  }

  /** Looks again, and tells if this has changed whether the level is reached. */
  void look(Consumer<Readiness> changed) {
    waitsFor = missing.get();
    if (waitsFor.isEmpty() != reached) {
      reached = waitsFor.isEmpty();
      since = clock.instant();
      changed.accept(readiness());
    }
  }

  Readiness readiness() {
    return new Readiness(name, reached, since, waitsFor);
  }
}
