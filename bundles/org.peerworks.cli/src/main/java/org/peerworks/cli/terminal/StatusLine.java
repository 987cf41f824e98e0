package org.peerworks.cli.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How far something is. On a terminal one line, redrawn at most ten times a second; elsewhere a
 * plain line now and then. Not thread-safe.
 */
final class StatusLine {

  static final Duration REDRAW = Duration.ofMillis(100);

  private static final Duration REPEAT = Duration.ofSeconds(5);

  /** Room for the terminal's echo of Ctrl-C, which would begin a second line otherwise. */
  private static final int ECHO = "^C".length();

  private static final String ERASE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private final int width;
  private final LongSupplier nanoTime;
  private String text;
  private String drawn;
  private long drawnAt;
  private boolean anyDrawn;

  StatusLine(PrintStream out, boolean terminal, int width, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.width = width;
    this.nanoTime = nanoTime;
  }

  int width() {
    return width;
  }

  /** Characters that are shown. */
  int room() {
    return Math.max(0, width - 1 - ECHO);
  }

  /**
   * Shows a line, now or with the next call of {@link #catchUp}.
   *
   * @return whether that call is wanted in {@link #REDRAW}
   */
  boolean show(String line) {
    text = line;
    if (!anyDrawn || nanoTime.getAsLong() - drawnAt >= (terminal ? REDRAW : REPEAT).toNanos()) {
      paint();
    }
    return terminal && !text.equals(drawn);
  }

  /** Shows what was held back. */
  void catchUp() {
    if (text != null && drawn != null && !text.equals(drawn)) {
      paint();
    }
  }

  /** Makes room for another line. */
  void clear() {
    if (terminal && drawn != null) {
      out.print(ERASE);
      out.flush();
      drawn = null;
    }
  }

  /** Comes back after {@link #clear()}. */
  void draw() {
    if (terminal && text != null) {
      paint();
    }
  }

  /**
   * Forgets the line; elsewhere than on a terminal its last text is printed if it was held back.
   */
  void end() {
    if (terminal) {
      clear();
    } else if (text != null && !text.equals(drawn)) {
      paint();
    }
    text = null;
    drawn = null;
    anyDrawn = false;
  }

  private void paint() {
    if (terminal) {
      int most = room();
      String fitted = text.length() <= most ? text : text.substring(0, most);
      out.print(ERASE + fitted);
    } else {
      out.println(text);
    }
    out.flush();
    drawn = text;
    drawnAt = nanoTime.getAsLong();
    anyDrawn = true;
  }
}
