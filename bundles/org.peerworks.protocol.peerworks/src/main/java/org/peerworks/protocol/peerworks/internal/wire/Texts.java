package org.peerworks.protocol.peerworks.internal.wire;

/** Makes text that a peer sent fit for a terminal or a log. */
public final class Texts {

  private Texts() {}

  /** Shortens to a number of characters; replaces control characters but line feed and tab. */
  public static String clean(String text, int longest) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), longest));
    text.codePoints()
        .limit(longest)
        .map(c -> isHarmless(c) ? c : '\uFFFD')
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /** As {@link #clean}, on one line. */
  public static String line(String text, int longest) {
    return clean(text, longest).replaceAll("\\s+", " ").strip();
  }

  private static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c == '\n' || c == '\t';
      case Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
