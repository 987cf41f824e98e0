package org.peerworks.lib.files;

import java.nio.charset.StandardCharsets;

/** Judges names that come from others. */
public final class FileNames {

  /** Longest name of a file, in UTF-8 bytes, as Linux file systems have it. */
  static final int MAX_BYTES = 255;

  private static final int SHOWN = 80;

  private FileNames() {}

  /**
   * A name that is safe in every place: 1 to 255 UTF-8 bytes of letters, digits, {@code . _ -} and
   * space; no separator, no leading dot or hyphen, no trailing dot, no space at either end.
   *
   * @return the name
   * @throws IllegalArgumentException naming what is wrong with it
   */
  public static String requirePlain(String name) {
    if (name == null || name.isEmpty()) {
      throw new IllegalArgumentException("A file name is empty; give it a name.");
    }
    if (utf8Length(name) > MAX_BYTES) {
      throw refused(name, "is longer than " + MAX_BYTES + " bytes");
    }
    char first = name.charAt(0);
    char last = name.charAt(name.length() - 1);
    if (first == '.' || first == '-' || first == ' ') {
      throw refused(name, "starts with '" + first + "'");
    }
    if (last == '.' || last == ' ') {
      throw refused(name, "ends with '" + last + "'");
    }
    name.codePoints()
        .filter(c -> !isPlain(c))
        .findFirst()
        .ifPresent(
            c -> {
              throw refused(name, "contains " + describe(c));
            });
    return name;
  }

  /** A text of others as a message may repeat it: without control characters, not too long. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(SHOWN)
        .forEach(c -> shown.append(isPrintable(c) ? Character.toString(c) : "?"));
    return text.codePointCount(0, text.length()) > SHOWN
        ? shown.append('…').toString()
        : shown.toString();
  }

  static int utf8Length(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Whether a character has a place in a name: no control, separator or broken character. */
  static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> codePoint != 0xFFFD;
    };
  }

  private static boolean isPlain(int c) {
    return Character.isLetterOrDigit(c)
        || Character.getType(c) == Character.NON_SPACING_MARK
        || c == '.'
        || c == '_'
        || c == '-'
        || c == ' ';
  }

  private static String describe(int codePoint) {
    return isPrintable(codePoint)
        ? "'" + Character.toString(codePoint) + "'"
        : String.format("the character U+%04X", codePoint);
  }

  private static IllegalArgumentException refused(String name, String why) {
    return new IllegalArgumentException(
        "The file name '"
            + shown(name)
            + "' "
            + why
            + "; use letters, digits, '.', '_', '-' and spaces.");
  }
}
