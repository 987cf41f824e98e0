package org.peerworks.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class EvenClockTest {

  @Test
  void whoeverSetsTheClockChangesNothing() {
    Instant[] set = {Instant.parse("2026-11-21T10:00:00Z")};
    Clock machine =
        new Clock() {
          @Override
          public Instant instant() {
            return set[0];
          }

          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }
        };
    Clock even = new EvenClock(machine);
    Instant first = even.instant();
    set[0] = set[0].minus(Duration.ofDays(2));
    Instant second = even.instant();
    set[0] = set[0].plus(Duration.ofDays(4));
    Instant third = even.instant();

    assertThat(first).isAfterOrEqualTo(Instant.parse("2026-11-21T10:00:00Z"));
    assertThat(second).isAfterOrEqualTo(first).isBefore(first.plus(Duration.ofHours(1)));
    assertThat(third).isAfterOrEqualTo(second).isBefore(first.plus(Duration.ofHours(1)));
    assertThat(Clock.offset(even, Duration.ZERO).getZone()).isEqualTo(ZoneOffset.UTC);
  }
}
