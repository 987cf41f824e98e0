package org.peerworks.lib.sleap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerworks.job.api.Progress;

class ProgressGateTest {

  private final List<Long> passed = new ArrayList<>();
  private long now = 123;
  private final ProgressGate gate =
      new ProgressGate(progress -> passed.add(progress.done()), () -> now);

  @Test
  void aFloodBecomesTwoASecond() {
    for (int i = 0; i < 10_000; i++) {
      gate.offer(at(i));
      now += Duration.ofMillis(1).toNanos();
    }

    assertThat(passed).hasSize(20);
  }

  @Test
  void theNewestComesLast() {
    gate.offer(at(1));
    gate.offer(at(2));
    gate.offer(at(3));
    gate.flush();
    gate.flush();

    assertThat(passed).containsExactly(1L, 3L);
  }

  @Test
  void itNeverGoesBack() {
    gate.offer(at(5));
    now += Duration.ofSeconds(1).toNanos();
    gate.offer(at(4));
    gate.flush();

    assertThat(passed).containsExactly(5L);
  }

  @Test
  void theTimeLeftFollowsFromTheTimeTaken() {
    TimeLeft timeLeft = new TimeLeft(() -> now);
    now += Duration.ofSeconds(40).toNanos();

    assertThat(timeLeft.after(1, 3)).isEqualTo("about 1 min 20 s left");
    assertThat(timeLeft.after(0, 3)).isEmpty();
    assertThat(timeLeft.after(3, 3)).isEmpty();
    assertThat(timeLeft.after(3, 0)).isEmpty();
    assertThat(TimeLeft.inWords(59)).isEqualTo("59 s");
    assertThat(TimeLeft.inWords(7500)).isEqualTo("2 h 5 min");
  }

  private static Progress at(long done) {
    return new Progress(done, 100_000, "epoch", "");
  }
}
