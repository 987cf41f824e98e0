package org.peerworks.protocol.sleap.internal.wire;

/** Makes text of a peer fit for a terminal, a log or a message. */
public final class Texts {

  private Texts() {}

  /** Shortens to a number of characters, on one line, without what steers a terminal. */
  public static String line(String text, int longest) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), longest));
    text.codePoints()
        .limit(longest)
        .map(c -> c == '\n' || c == '\t' ? ' ' : c)
        .map(c -> isHarmless(c) ? c : '\uFFFD')
        .forEach(clean::appendCodePoint);
    return clean.toString().replaceAll("\\s+", " ").strip();
  }

  /** Whether a character steers nothing. */
  public static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
