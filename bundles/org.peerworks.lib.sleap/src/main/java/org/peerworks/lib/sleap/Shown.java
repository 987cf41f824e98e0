package org.peerworks.lib.sleap;

/** Repeats a stranger's text in a message: on one line, quoted, not too long. */
public final class Shown {

  private static final int LONGEST = 120;

  private Shown() {}

  public static String quoted(String text) {
    return "'" + plain(text) + "'";
  }

  /** The same without quotes. */
  public static String plain(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(c -> shown.append(isVisible(c) ? Character.toString(c) : "?"));
    if (text.codePointCount(0, text.length()) > LONGEST) {
      shown.append('…');
    }
    return shown.toString();
  }

  private static boolean isVisible(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.UNASSIGNED
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }
}
