package org.peerworks.cli.select;

import java.io.IOException;
import org.peerworks.cli.select.Key.Kind;

/**
 * Reads keys as terminals of the VT100 family send them (ECMA-48 control sequences, xterm). What is
 * not known is read to its end and means nothing.
 */
final class KeyReader {

  /** What {@link Source#read} gives when nothing came in time. */
  static final int NOTHING = -2;

  /** How long the rest of a key's sequence may take, over a slow line too. */
  private static final long REST_MILLIS = 150;

  private static final int ESCAPE = 0x1b;
  private static final int LONGEST = 32;

  private final Source source;

  /** Where characters come from. */
  @FunctionalInterface
  interface Source {
    /**
     * @return the next UTF-16 unit, {@link #NOTHING} if there is none in time, -1 at the end
     */
    int read(long millis) throws IOException;
  }

  KeyReader(Source source) {
    this.source = source;
  }

  /** The next key, or {@link Kind#NONE} if none is pressed in time. */
  Key read(long millis) throws IOException {
    int c = source.read(millis);
    return switch (c) {
      case NOTHING -> Key.of(Kind.NONE);
      case -1, 3, 7 -> Key.of(Kind.CANCEL);
      case '\r', '\n' -> Key.of(Kind.ENTER);
      case '\t' -> Key.of(Kind.TAB);
      case 8, 0x7f -> Key.of(Kind.ERASE);
      case 0x15, 0x17 -> Key.of(Kind.ERASE_ALL);
      case 0x10, 0x0b -> Key.of(Kind.UP);
      case 0x0e -> Key.of(Kind.DOWN);
      case 0x12 -> Key.of(Kind.AGAIN);
      case 0x13 -> Key.of(Kind.SORT);
      case ESCAPE -> afterEscape();
      default -> c < ' ' || c >= 0x80 && c < 0xa0 ? Key.of(Kind.OTHER) : text((char) c);
    };
  }

  private Key text(char c) throws IOException {
    if (!Character.isSurrogate(c)) {
      return new Key(Kind.TEXT, String.valueOf(c));
    }
    int low = Character.isHighSurrogate(c) ? source.read(REST_MILLIS) : NOTHING;
    return low >= 0 && Character.isLowSurrogate((char) low)
        ? new Key(Kind.TEXT, new String(new char[] {c, (char) low}))
        : Key.of(Kind.OTHER);
  }

  private Key afterEscape() throws IOException {
    int c = source.read(REST_MILLIS);
    if (c == NOTHING || c == -1) {
      return Key.of(Kind.ESCAPE);
    }
    if (c == 'O') {
      return Key.of(letter(source.read(REST_MILLIS)));
    }
    return c == '[' ? sequence() : Key.of(Kind.OTHER);
  }

  /** {@code CSI parameters final}, where the final byte is one of {@code @} to {@code ~}. */
  private Key sequence() throws IOException {
    StringBuilder parameters = new StringBuilder();
    while (parameters.length() < LONGEST) {
      int c = source.read(REST_MILLIS);
      if (c == NOTHING || c == -1) {
        break;
      }
      if (c >= '@' && c <= '~') {
        return Key.of(c == '~' ? numbered(parameters.toString()) : letter(c));
      }
      parameters.append((char) c);
    }
    return Key.of(Kind.OTHER);
  }

  private static Kind letter(int c) {
    return switch (c) {
      case 'A' -> Kind.UP;
      case 'B' -> Kind.DOWN;
      case 'C' -> Kind.RIGHT;
      case 'D' -> Kind.LEFT;
      case 'H' -> Kind.HOME;
      case 'F' -> Kind.END;
      case 'M' -> Kind.ENTER;
      default -> Kind.OTHER;
    };
  }

  private static Kind numbered(String parameters) {
    return switch (parameters.replaceFirst(";.*", "")) {
      case "1", "7" -> Kind.HOME;
      case "4", "8" -> Kind.END;
      case "5" -> Kind.PAGE_UP;
      case "6" -> Kind.PAGE_DOWN;
      default -> Kind.OTHER;
    };
  }
}
