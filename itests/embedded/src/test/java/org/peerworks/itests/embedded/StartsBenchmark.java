package org.peerworks.itests.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long it takes from a submit, in a whole worker, to the program that runs. */
final class StartsBenchmark {

  private static final Pattern FIGURES = Pattern.compile("p50 ([0-9.]+) p99 ([0-9.]+)");
  private static final int WARM_UP = 100;
  private static final int JOBS = 500;
  private static final double LIMIT = 30;

  private StartsBenchmark() {}

  /** Argument: a directory for the worker's data, which is not there yet. */
  public static void main(String[] arguments) throws Exception {
    Path data = Files.createDirectories(Path.of(arguments[0]));
    try (Worker worker =
        Worker.start(
            data,
            Map.of(
                "org.peerworks.job.process",
                Map.of("programs", new String[] {"date=/bin/date"})))) {
      worker.install(Path.of(System.getProperty("peerworks.toy")));
      worker.awaitShell("job:types", "date");
      worker.shell("toy:starts " + WARM_UP);
      Matcher figures = FIGURES.matcher(worker.shell("toy:starts " + JOBS));
      if (!figures.find()) {
        throw new IllegalStateException("No figures came.");
      }
      double p50 = Double.parseDouble(figures.group(1));
      System.out.printf(
          Locale.ROOT,
          "submit to program running, one at a time p50 %.1f ms  p99 %s ms%n",
          p50,
          figures.group(2));
      System.out.printf(
          Locale.ROOT,
          "bar submit-running-p50 %.1f %.0f %s%n",
          p50,
          LIMIT,
          p50 <= LIMIT ? "met" : "missed");
    }
    System.exit(0);
  }
}
