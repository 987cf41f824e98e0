package org.peerworks.itests.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job type is swapped for another version, to and fro, while its jobs run. */
class SwapIT {

  @TempDir Path directory;

  @Test
  void jobsEndOnTheVersionThatAcceptedThemWhileTheirTypeIsSwapped() throws Exception {
    swap(6, 0.3, 1);
  }

  @Test
  @Tag("long")
  void aHundredSwapsFailNoJobAndLeaveNoClassLoaderBehind() throws Exception {
    swap(100, 5, 15);
  }

  private void swap(int swaps, double least, double most) throws Exception {
    try (SwapLab lab = new SwapLab(directory)) {
      lab.load(least, most);
      await().atMost(Duration.ofSeconds(60)).until(() -> lab.open() >= SwapLab.RUNNING);
      List<SwapLab.Swap> took = new ArrayList<>();
      for (int i = 0; i < swaps; i++) {
        took.add(lab.swap());
        if (i + 1 == 20) {
          awaitNoOldLoader(lab);
        }
      }
      lab.finish();
      System.out.printf(
          Locale.ROOT,
          "%d swaps beside %d jobs: %.0f ms in the middle, %.0f ms at most, draining aside%n",
          swaps,
          lab.jobs(),
          took.stream()
              .mapToDouble(SwapLab.Swap::millis)
              .sorted()
              .skip(swaps / 2)
              .findFirst()
              .orElse(0),
          took.stream().mapToDouble(SwapLab.Swap::millis).max().orElse(0));
      assertThat(lab.wrong()).isEmpty();
      assertThat(lab.jobs()).isGreaterThan(swaps);
      awaitNoOldLoader(lab);
    }
  }

  private static void awaitNoOldLoader(SwapLab lab) {
    await() // idle threads of pools end after half a minute
        .atMost(Duration.ofSeconds(180))
        .pollInterval(Duration.ofMillis(500))
        .until(lab::oldLoaders, left -> left == 0);
  }
}
