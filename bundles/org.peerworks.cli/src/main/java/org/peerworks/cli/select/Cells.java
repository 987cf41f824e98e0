package org.peerworks.cli.select;

import org.jline.utils.WCWidth;

/** Texts in a terminal's cells, of which some letters take two and some none. */
final class Cells {

  private static final String CUT = "…";

  private Cells() {}

  static int width(String text) {
    return text.codePoints().map(Cells::width).sum();
  }

  private static int width(int codePoint) {
    return Math.max(0, WCWidth.wcwidth(codePoint));
  }

  /** The text, cut at its end where it does not fit. */
  static String fit(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    return width <= 0 ? "" : start(text, width - 1) + CUT;
  }

  /** The text, cut at its start where it does not fit. */
  static String fitEnd(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    if (width <= 0) {
      return "";
    }
    int from = text.length();
    int room = width - 1;
    while (from > 0) {
      int before = text.codePointBefore(from);
      room -= width(before);
      if (room < 0) {
        break;
      }
      from -= Character.charCount(before);
    }
    return CUT + text.substring(from);
  }

  /** As much of the start as fits. */
  static String start(String text, int width) {
    int to = 0;
    int room = width;
    while (to < text.length()) {
      int next = text.codePointAt(to);
      room -= width(next);
      if (room < 0) {
        break;
      }
      to += Character.charCount(next);
    }
    return text.substring(0, to);
  }

  static String left(String text, int width) {
    return text + " ".repeat(Math.max(0, width - width(text)));
  }

  static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - width(text))) + text;
  }
}
