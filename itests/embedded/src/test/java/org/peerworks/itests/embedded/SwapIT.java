package org.peerworks.itests.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job type is swapped for another version, to and fro, while its jobs run. */
class SwapIT {

  private static final int EARLY = 20;

  @TempDir Path directory;

  @Test
  void jobsEndOnTheVersionThatAcceptedThemWhileTheirTypeIsSwapped() throws Exception {
    swap(4, 0.2, 0.6);
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
        if (i + 1 == EARLY) {
          awaitNoOldLoader(lab);
          System.out.printf("After %d swaps no class loader of an old version is alive%n", EARLY);
        }
      }
      lab.finish();
      List<String> wrong = lab.wrong();
      if (swaps >= EARLY) { // waits for idle threads of pools, which takes a minute
        awaitNoOldLoader(lab);
      }
      print(took, lab.jobs(), wrong.size());
      assertThat(wrong).isEmpty();
      assertThat(lab.jobs()).isGreaterThan(swaps);
    }
  }

  private static void print(List<SwapLab.Swap> took, int jobs, int wrong) {
    System.out.printf(
        Locale.ROOT,
        "%d swaps beside %d jobs, %d of which failed or changed their version%n"
            + "ms                                    middle      most%n"
            + "until new jobs go to the new version  %6.0f    %6.0f%n"
            + "until the old version is gone         %6.0f    %6.0f%n"
            + "both                                  %6.0f    %6.0f%n",
        took.size(),
        jobs,
        wrong,
        middle(took, swap -> swap.in().toNanos() / 1e6),
        most(took, swap -> swap.in().toNanos() / 1e6),
        middle(took, swap -> swap.out().toNanos() / 1e6),
        most(took, swap -> swap.out().toNanos() / 1e6),
        middle(took, SwapLab.Swap::millis),
        most(took, SwapLab.Swap::millis));
  }

  private static double middle(List<SwapLab.Swap> took, ToDoubleFunction<SwapLab.Swap> millis) {
    return took.stream().mapToDouble(millis).sorted().skip(took.size() / 2).findFirst().orElse(0);
  }

  private static double most(List<SwapLab.Swap> took, ToDoubleFunction<SwapLab.Swap> millis) {
    return took.stream().mapToDouble(millis).max().orElse(0);
  }

  private static void awaitNoOldLoader(SwapLab lab) throws Exception {
    await() // idle threads of pools end after half a minute
        .atMost(Duration.ofSeconds(180))
        .pollInterval(Duration.ofMillis(500))
        .until(lab::oldLoaders, left -> left == 0);
    assertThat(lab.surplusLoaders()).isLessThanOrEqualTo(0);
  }
}
