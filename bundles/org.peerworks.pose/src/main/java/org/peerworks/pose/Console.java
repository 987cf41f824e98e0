package org.peerworks.pose;

import java.io.PrintStream;
import java.util.Locale;

/** Where the program says what it does: one line at a time, each out at once. */
public final class Console {

  private final PrintStream out;

  public Console(PrintStream out) {
    this.out = out;
  }

  /** Writes one line; numbers look the same everywhere. */
  public void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
