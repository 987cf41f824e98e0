package org.peerworks.health.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockJumpsTest {

  private Instant time = Instant.parse("2026-11-21T12:00:00Z");
  private final AtomicLong nanos = new AtomicLong();
  private final ClockJumps jumps =
      new ClockJumps(
          new Clock() {
            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              return time;
            }
          },
          nanos::get);

  private void pass(Duration onTheClock, Duration really) {
    time = time.plus(onTheClock);
    nanos.addAndGet(really.toNanos());
  }

  @Test
  void aClockThatIsSlewedDoesNotJump() {
    for (int i = 0; i < 1000; i++) {
      pass(Duration.ofMillis(15_100), Duration.ofSeconds(15));
      assertThat(jumps.look()).isEmpty();
    }
  }

  @Test
  void aClockThatIsSetForthOrBackIsNoticedWithHowFar() {
    pass(Duration.ofHours(1), Duration.ofSeconds(15));
    assertThat(jumps.look().orElseThrow().by()).isEqualTo(Duration.ofSeconds(3585));

    pass(Duration.ofHours(-2), Duration.ofSeconds(15));
    assertThat(jumps.look().orElseThrow().by()).isEqualTo(Duration.ofSeconds(-7215));
  }

  @Test
  void howLongAgoItWasIsToldByTheEvenClock() {
    pass(Duration.ofHours(1), Duration.ofSeconds(15));
    jumps.look();
    pass(Duration.ofSeconds(15), Duration.ofSeconds(15));

    assertThat(jumps.look().orElseThrow().agoNanos()).isEqualTo(15_000_000_000L);
  }
}
