package org.peerworks.lib.sleap;

import java.util.function.LongSupplier;

/** Estimates how long work takes from what it took so far. Not thread-safe. */
public final class TimeLeft {

  private final LongSupplier nanoTime;
  private final long startedAt;

  /** Starts measuring. */
  public TimeLeft() {
    this(System::nanoTime);
  }

  TimeLeft(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.startedAt = nanoTime.getAsLong();
  }

  /**
   * For people, for example {@code about 1 min 20 s left}.
   *
   * @return blank while nothing can be said, and once all is done
   */
  public String after(long done, long total) {
    if (done <= 0 || done >= total) {
      return "";
    }
    double seconds = (nanoTime.getAsLong() - startedAt) / 1e9;
    return "about " + inWords(Math.round(seconds / done * (total - done))) + " left";
  }

  /** A number of seconds in words: {@code 5 s}, {@code 1 min 20 s}, {@code 2 h 5 min}. */
  static String inWords(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }
}
