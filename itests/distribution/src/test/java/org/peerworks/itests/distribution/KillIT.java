package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.itests.distribution.KilledMoment.Phase;

/** A worker is killed again and again, whatever it does, and comes back with nothing lost. */
class KillIT {

  private static final List<Phase> AIMED =
      List.of(Phase.STORE_COMMIT, Phase.UPLOAD, Phase.INSTALL, Phase.CONFIGURATION);

  @TempDir Path directory;

  @Test
  @Tag("long")
  void nothingIsLostWhenAWorkerIsKilled() throws Exception {
    Map<Phase, Integer> hits = new EnumMap<>(Phase.class);
    kill(10, 4, 1000, hits);
    assertThat(hits).containsKeys(Phase.START);
  }

  @Test
  @Tag("long")
  void nothingIsLostWhenAWorkerIsKilledFiveHundredTimes() throws Exception {
    int kills = Integer.getInteger("peerworks.kills", 500);
    Map<Phase, Integer> hits = new EnumMap<>(Phase.class);
    int done = kill(kills, 0, 2500, hits);
    for (Phase phase : AIMED) {
      assertThat(hits.getOrDefault(phase, 0)).as(phase.words()).isGreaterThanOrEqualTo(done / 10);
    }
  }

  /**
   * @param often of so many kills one is at work, the others are while it starts; 0 for two of
   *     three at work
   * @param start milliseconds in which a worker is killed that starts
   * @return so many as there was time for: {@code -Dpeerworks.minutes=} of them
   */
  private int kill(int kills, int often, int start, Map<Phase, Integer> hits) throws Exception {
    long end =
        System.nanoTime() + TimeUnit.MINUTES.toNanos(Long.getLong("peerworks.minutes", 24 * 60));
    long seed = Long.getLong("peerworks.seed", System.nanoTime());
    System.out.println("Killed at -Dpeerworks.seed=" + seed);
    Random random = new Random(seed);
    List<String> findings = new ArrayList<>();
    int elsewhere = 0;
    int done = 0;
    try (KillLab lab = new KillLab(new Lab(directory), random)) {
      lab.begin();
      for (int i = 0; i < kills && System.nanoTime() < end; i++) {
        Set<Phase> phases;
        boolean starting = often == 0 ? i % 3 == 2 : i % often != 0;
        if (starting) {
          phases = lab.killInStart(start);
        } else {
          if (i > 0) {
            findings.addAll(lab.comeBack());
            assertThat(findings).as("after kill %d, seed %d", i, seed).isEmpty();
          }
          phases = lab.killAtWork(aim(random, hits));
        }
        phases.forEach(phase -> hits.merge(phase, 1, Integer::sum));
        elsewhere += phases.isEmpty() ? 1 : 0;
        done++;
        System.out.printf("%tT kill %d: %s%n", new Date(), done, phases);
      }
      findings.addAll(lab.end());
    }
    System.out.println(done + " kills, each in the middle of");
    hits.forEach((phase, times) -> System.out.printf("%5d  %s%n", times, phase.words()));
    System.out.printf("%5d  none of these%n", elsewhere);
    assertThat(findings).as("seed %d", seed).isEmpty();
    return done;
  }

  /** What was hit least so far, or anything. */
  private static Phase aim(Random random, Map<Phase, Integer> hits) {
    if (random.nextInt(5) == 0) {
      return null;
    }
    return AIMED.stream()
        .min(Comparator.comparingInt(phase -> hits.getOrDefault(phase, 0)))
        .orElseThrow();
  }
}
