package org.peerworks.cli.terminal;

import java.util.Locale;

/** Amounts as people read them. */
public final class Units {

  private static final String[] SIZES = {"bytes", "kB", "MB", "GB", "TB"};

  private Units() {}

  /** In powers of 1000: {@code 12.3 MB}. */
  public static String bytes(double bytes) {
    int unit = 0;
    double amount = bytes;
    while (amount >= 999.95 && unit < SIZES.length - 1) {
      amount /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, SIZES[unit]);
  }

  /** {@code 12 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
  public static String time(double seconds) {
    long whole = Math.max(0, Math.round(seconds));
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? whole / 60 + " min " + whole % 60 + " s"
        : whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }

  /** {@code [####......]}, with 20 places. */
  public static String bar(long done, long total) {
    int full = total <= 0 ? 0 : (int) Math.min(20, 20.0 * done / total);
    return "[" + "#".repeat(full) + ".".repeat(20 - full) + "]";
  }

  public static int percent(long done, long total) {
    return total <= 0 ? 100 : (int) Math.min(100, 100.0 * done / total);
  }
}
