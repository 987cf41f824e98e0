package org.peerworks.protocol.sleap.internal.wire;

/** A text message being cut at its separators, field by field. The last field takes the rest. */
final class Cut {

  private final String name;
  private final String text;

  /** Where the next field begins; -1 after the last one. */
  private int next;

  Cut(String text) {
    int end = text.indexOf(Message.SEPARATOR);
    this.text = text;
    this.name = end < 0 ? text : text.substring(0, end);
    this.next = end < 0 ? -1 : end + 2;
  }

  String name() {
    return name;
  }

  /** Nothing may follow. */
  void end() {
    if (next >= 0 && next < text.length()) {
      throw new WireException("'%s' takes no more fields.".formatted(name));
    }
    next = -1;
  }

  /** The next field, which must be there. */
  String field(String what, int longest) {
    require(what);
    int end = text.indexOf(Message.SEPARATOR, next);
    String field = end < 0 ? text.substring(next) : text.substring(next, end);
    next = end < 0 ? -1 : end + 2;
    return checked(name, what, field, 1, longest);
  }

  /** The next field, or an empty text if there is none. */
  String optional(String what, int longest) {
    if (next < 0) {
      return "";
    }
    int end = text.indexOf(Message.SEPARATOR, next);
    String field = end < 0 ? text.substring(next) : text.substring(next, end);
    next = end < 0 ? -1 : end + 2;
    return checked(name, what, field, 0, longest);
  }

  long number(String what, long least, long most) {
    return number(name, what, field(what, 20), least, most);
  }

  /** All that is left, separators too; may be empty. */
  String rest(int longest) {
    require("something behind it");
    String rest = text.substring(next);
    next = -1;
    return checked(name, "text", rest, 0, longest);
  }

  /** All that is left, or an empty text if there is no field. */
  String optionalRest(int longest) {
    return next < 0 ? "" : rest(longest);
  }

  /** As {@link #rest}, but not empty. */
  String rest(String what, int longest) {
    return checked(name, what, rest(longest), 1, longest);
  }

  private void require(String what) {
    if (next < 0) {
      throw new WireException("'%s' wants %s, but has none.".formatted(name, what));
    }
  }

  static String checked(String name, String what, String field, int least, int longest) {
    if (field.length() < least) {
      throw new WireException("'%s' has an empty %s.".formatted(name, what));
    }
    if (field.length() > longest) {
      throw new WireException(
          "'%s' has a %s of %d characters, but it may have %d."
              .formatted(name, what, field.length(), longest));
    }
    return field;
  }

  static long number(String name, String what, String field, long least, long most) {
    if (!field.isEmpty() && field.length() <= 19 && field.chars().allMatch(Cut::isDigit)) {
      try {
        long value = Long.parseLong(field);
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw new WireException("'%s' has a %s that is too large.".formatted(name, what), e);
      }
    }
    throw new WireException(
        "'%s' wants a %s from %d to %d, but has '%s'."
            .formatted(name, what, least, most, Texts.line(field, 40)));
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
