package org.peerworks.cli.job;

import java.util.Locale;
import java.util.function.LongSupplier;
import org.peerworks.cli.terminal.Units;
import org.peerworks.job.api.Progress;

/** Shows how far a job is: units done, what it says, time left. Not thread-safe. */
final class WorkProgress {

  private final Bar bar;
  private final LongSupplier nanoTime;
  private Progress first;
  private long firstAt;
  private Progress latest;

  /** Draws how far something is. */
  interface Bar {
    /** With a blank before it; empty where nothing is drawn. */
    String of(long done, long total);
  }

  WorkProgress(Bar bar, LongSupplier nanoTime) {
    this.bar = bar;
    this.nanoTime = nanoTime;
  }

  /** One line for people. */
  String line(Progress progress) {
    if (first == null || !sameWork(progress)) {
      first = progress;
      firstAt = nanoTime.getAsLong();
    }
    latest = progress;
    StringBuilder line = new StringBuilder();
    String unit = progress.unit();
    if (!unit.isEmpty()) {
      line.append(unit.substring(0, 1).toUpperCase(Locale.ROOT)).append(unit.substring(1));
      line.append(' ');
    }
    line.append(progress.done());
    if (progress.total() > 0) {
      line.append('/').append(progress.total());
      line.append(bar.of(progress.done(), progress.total()));
      line.append(' ').append(Units.percent(progress.done(), progress.total())).append(" %");
    }
    if (!progress.message().isBlank()) {
      line.append("  ").append(progress.message());
    }
    return line.append(timeLeft(progress)).toString();
  }

  private boolean sameWork(Progress progress) {
    return latest.total() == progress.total()
        && latest.unit().equals(progress.unit())
        && latest.done() <= progress.done();
  }

  private String timeLeft(Progress progress) {
    long steps = progress.done() - first.done();
    long missing = progress.total() - progress.done();
    if (steps <= 0 || missing <= 0 || progress.message().endsWith(" left")) {
      return "";
    }
    double seconds = (nanoTime.getAsLong() - firstAt) / 1e9;
    return "  " + Units.time(seconds / steps * missing) + " left";
  }
}
