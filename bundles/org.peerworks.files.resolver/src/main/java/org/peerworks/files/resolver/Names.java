package org.peerworks.files.resolver;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;

/** Paths and names as text. Nothing here touches a disk. */
final class Names {

  static final int LONGEST_PATH = 4096;

  private static final int LONGEST_NAME = 255;
  private static final int SHOWN = 200;

  private Names() {}

  /**
   * Takes a path apart, {@code .} and empty names left out.
   *
   * @throws FileAccessException {@code INVALID_REQUEST} for what cannot be a path here
   */
  static List<String> split(String path) {
    if (path == null || path.isBlank()) {
      throw new FileAccessException(
          Code.INVALID_REQUEST, "A path is empty. Give one that is absolute on the worker.");
    }
    if (path.length() > LONGEST_PATH) {
      throw new FileAccessException(
          Code.INVALID_REQUEST,
          "A path of %d characters is too long; %d are taken."
              .formatted(path.length(), LONGEST_PATH));
    }
    if (!isShowable(path)) {
      throw new FileAccessException(
          Code.INVALID_REQUEST,
          "The path '%s' has control characters, or is no valid text. Rename the file."
              .formatted(shown(path)));
    }
    List<String> names = new ArrayList<>();
    for (String name : path.split("/")) {
      if (!name.isEmpty() && !name.equals(".")) {
        requireLength(name);
        names.add(name);
      }
    }
    return names;
  }

  private static void requireLength(String name) {
    if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      throw new FileAccessException(
          Code.INVALID_REQUEST,
          "The name '%s' is longer than %d bytes.".formatted(shown(name), LONGEST_NAME));
    }
  }

  /** The same names with each {@code ..} taken together with the one before. */
  static List<String> normalized(List<String> names) {
    Deque<String> rest = new ArrayDeque<>();
    for (String name : names) {
      if (!name.equals("..")) {
        rest.addLast(name);
      } else {
        rest.pollLast();
      }
    }
    return List.copyOf(rest);
  }

  /** Whether a name is valid text that a terminal, a page and a line of a protocol can show. */
  static boolean isShowable(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= ' ' && c < 0x7F) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < name.length()
          && Character.isLowSurrogate(name.charAt(i + 1))) {
        i++;
      } else if (c == 0xFFFD
          || c == 0x2028
          || c == 0x2029
          || Character.isISOControl(c)
          || Character.isSurrogate(c)
          || isDirectional(c)) {
        return false;
      }
    }
    return true;
  }

  /** What turns the order of the characters around can make a name look like another. */
  private static boolean isDirectional(char c) {
    return c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
  }

  /** A text of others as a message may repeat it. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(SHOWN)
        .forEach(
            c -> shown.append(isShowable(Character.toString(c)) ? Character.toString(c) : "?"));
    return text.codePointCount(0, text.length()) > SHOWN
        ? shown.append('…').toString()
        : shown.toString();
  }

  /** The last name of a path of this or of another system. */
  static String last(String path) {
    String trimmed = path.strip();
    int from = trimmed.lastIndexOf('/');
    if (isOfWindows(trimmed)) {
      from = Math.max(from, trimmed.lastIndexOf('\\'));
    }
    return trimmed.substring(from + 1);
  }

  /** Whether a path begins with a drive or a share, so that {@code \} is its separator. */
  static boolean isOfWindows(String path) {
    return path.startsWith("\\\\")
        || path.length() > 2
            && path.charAt(1) == ':'
            && path.charAt(2) == '\\'
            && Character.isLetter(path.charAt(0))
        || path.length() > 2 && path.indexOf('\\') > 0 && path.indexOf('/') < 0;
  }
}
