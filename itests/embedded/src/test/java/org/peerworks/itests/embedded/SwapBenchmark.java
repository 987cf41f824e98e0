package org.peerworks.itests.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How long a swap of a job type takes under load, and what it costs the jobs beside it. */
final class SwapBenchmark {

  private static final int SWAPS = 20;
  private static final double SECONDS = 0.5;
  private static final double LIMIT_MILLIS = 1000;
  private static final double LEAST_THROUGHPUT = 0.9;

  private SwapBenchmark() {}

  /** Argument: a directory for the worker's data, which is not there yet. */
  public static void main(String[] arguments) throws Exception {
    try (SwapLab lab = new SwapLab(Files.createDirectories(Path.of(arguments[0])))) {
      lab.load(SECONDS, SECONDS);
      lab.swap(); // warms up
      lab.swap();
      double[] millis = new double[SWAPS];
      int jobs = lab.jobs();
      long start = System.nanoTime();
      for (int i = 0; i < SWAPS; i++) {
        millis[i] = lab.swap().millis();
      }
      long swapping = System.nanoTime() - start;
      double during = (lab.jobs() - jobs) / (swapping / 1e9);
      jobs = lab.jobs();
      start = System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(swapping);
      double without = (lab.jobs() - jobs) / ((System.nanoTime() - start) / 1e9);
      lab.finish();
      int wrong = lab.wrong().size();
      long loaders = lab.oldLoaders();
      Arrays.sort(millis);
      print(millis, during, without, lab.jobs(), wrong, loaders);
    }
    System.exit(0);
  }

  private static void print(
      double[] millis, double during, double without, int jobs, int wrong, long loaders) {
    System.out.printf(
        Locale.ROOT,
        "%d swaps beside %d jobs: %.0f ms p50, %.0f ms at most, draining aside%n"
            + "jobs a second with swaps %.2f, without %.2f%n"
            + "jobs that failed or changed their version %d%n"
            + "old class loaders that are still held %d%n",
        millis.length,
        jobs,
        millis[millis.length / 2],
        millis[millis.length - 1],
        during,
        without,
        wrong,
        loaders);
    double most = millis[millis.length - 1];
    bar("swap-time", most, LIMIT_MILLIS, most <= LIMIT_MILLIS);
    double ratio = during / without;
    bar("swap-throughput", ratio, LEAST_THROUGHPUT, ratio >= LEAST_THROUGHPUT);
    bar("swap-failed", wrong, 0, wrong == 0);
    bar("swap-loaders", loaders, 0, loaders == 0);
  }

  private static void bar(String id, double value, double limit, boolean met) {
    System.out.printf(
        Locale.ROOT, "bar %s %.2f %.2f %s%n", id, value, limit, met ? "met" : "missed");
  }
}
