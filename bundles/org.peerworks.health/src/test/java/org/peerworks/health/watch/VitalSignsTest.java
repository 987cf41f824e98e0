package org.peerworks.health.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.peerworks.health.api.Vitals;

class VitalSignsTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final AtomicLong nanos = new AtomicLong();
  private final VitalSigns signs = new VitalSigns(nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void aPartThatOwesASignForLongerThanTheLimitIsSilentUntilItGivesIt() {
    CompletableFuture<Void> writer = new CompletableFuture<>();
    AtomicInteger asked = new AtomicInteger();
    signs.add(
        () -> {
          asked.incrementAndGet();
          return Map.of("store writer", writer, "scheduler", CompletableFuture.completedFuture(1));
        },
        "engine");
    signs.ask(Runnable::run);
    pass(LIMIT);
    assertThat(signs.silent(LIMIT)).isEmpty();
    pass(Duration.ofSeconds(1));

    assertThat(signs.silent(LIMIT))
        .containsExactly(new VitalSigns.Silence("store writer", Duration.ofSeconds(61)));
    signs.ask(Runnable::run);
    assertThat(asked).as("nothing piles up in what hangs").hasValue(1);

    writer.complete(null);
    assertThat(signs.silent(LIMIT)).isEmpty();
    signs.ask(Runnable::run);
    assertThat(asked).hasValue(2);
    assertThat(signs.parts()).isEqualTo(2);
  }

  @Test
  void whoDoesNotEvenSayWhichPartsItHasIsSilentUnderTheNameOfItsBundle() {
    signs.add(Map::of, "org.peerworks.stuck");
    signs.ask(neverRuns -> {});
    pass(LIMIT.plusSeconds(1));

    assertThat(signs.silent(LIMIT))
        .extracting(VitalSigns.Silence::part)
        .containsExactly("org.peerworks.stuck");
  }

  @Test
  void aPartThatFailsLives() {
    signs.add(
        () -> Map.of("store writer", CompletableFuture.failedFuture(new IOException("full"))), "e");
    signs.add(
        () -> {
          throw new IllegalStateException("closed");
        },
        "other");
    signs.ask(Runnable::run);
    pass(LIMIT.plusSeconds(1));

    assertThat(signs.silent(LIMIT)).isEmpty();
    assertThat(signs.troubles()).containsOnlyKeys("store writer", "other");
  }

  @Test
  void whatGoesAwayOwesNothing() {
    Vitals vitals = () -> Map.of("x", new CompletableFuture<>());
    signs.add(vitals, "e");
    signs.ask(Runnable::run);
    signs.remove(vitals);
    pass(LIMIT.plusSeconds(1));

    assertThat(signs.silent(LIMIT)).isEmpty();
  }
}
