package org.peerworks.cli.terminal;

/** Texts of others, made harmless for a terminal. */
public final class PlainText {

  private static final String ESCAPES =
      "\u001b(?:\\[[0-9;?<=>]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?|[ -/]*[0-~])";

  private PlainText() {}

  /** One line without terminal sequences and control characters; tabs stay. */
  public static String of(String text) {
    if (text.chars().allMatch(PlainText::isHarmlessAscii)) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    text.replaceAll(ESCAPES, "")
        .codePoints()
        .filter(PlainText::isHarmless)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  private static boolean isHarmlessAscii(int c) {
    return c == '\t' || c >= 0x20 && c < 0x7f;
  }

  private static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c == '\t';
      case Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
