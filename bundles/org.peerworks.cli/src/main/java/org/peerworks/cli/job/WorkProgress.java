package org.peerworks.cli.job;

import java.util.Locale;
import java.util.function.LongSupplier;
import org.peerworks.cli.terminal.Units;
import org.peerworks.job.api.Progress;

/** Shows how far a job is: units done, what it says, time left. Not thread-safe. */
final class WorkProgress {

  private final Bar bar;
  private final Fitting fitting;
  private final LongSupplier nanoTime;
  private Progress first;
  private long firstAt;
  private Progress latest;

  /** Draws how far something is. */
  interface Bar {
    /** With a blank before it; empty where nothing is drawn. */
    String of(long done, long total);
  }

  /** Chooses the first text for which there is room. */
  interface Fitting {
    String of(String... texts);
  }

  WorkProgress(Bar bar, Fitting fitting, LongSupplier nanoTime) {
    this.bar = bar;
    this.fitting = fitting;
    this.nanoTime = nanoTime;
  }

  /** One line for people. */
  String line(Progress progress) {
    if (first == null || !sameWork(progress)) {
      first = progress;
      firstAt = nanoTime.getAsLong();
    }
    latest = progress;
    String count = count(progress);
    String message = progress.message().isBlank() ? "" : "  " + progress.message();
    String rest = message + timeLeft(progress);
    if (progress.total() == 0 && progress.unit().isEmpty() && !progress.message().isBlank()) {
      return progress.message();
    }
    if (progress.total() == 0) {
      return count + rest;
    }
    String percent = " " + Units.percent(progress.done(), progress.total()) + " %";
    return fitting.of(
        count + bar.of(progress.done(), progress.total()) + percent + rest,
        count + percent + rest,
        rest.isEmpty() ? count : rest.strip());
  }

  private static String count(Progress progress) {
    String unit = progress.unit();
    return (unit.isEmpty()
            ? ""
            : unit.substring(0, 1).toUpperCase(Locale.ROOT) + unit.substring(1) + " ")
        + progress.done()
        + (progress.total() > 0 ? "/" + progress.total() : "");
  }

  private boolean sameWork(Progress progress) {
    return latest.total() == progress.total()
        && latest.unit().equals(progress.unit())
        && latest.done() <= progress.done();
  }

  private String timeLeft(Progress progress) {
    long steps = progress.done() - first.done();
    long missing = progress.total() - progress.done();
    if (steps <= 0 || missing <= 0 || progress.message().contains(" left")) {
      return "";
    }
    double seconds = (nanoTime.getAsLong() - firstAt) / 1e9;
    return "  " + Units.time(seconds / steps * missing) + " left";
  }
}
