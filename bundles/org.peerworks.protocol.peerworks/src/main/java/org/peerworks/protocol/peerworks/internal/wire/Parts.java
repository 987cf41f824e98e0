package org.peerworks.protocol.peerworks.internal.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits long text messages and puts them together again.
 *
 * <p>A message that fits is sent as it is and begins with <code>{</code>. A longer one is sent in
 * parts: each begins with {@code +}, the last with {@code =}. No other text message comes between
 * the parts of one. Not thread-safe.
 */
final class Parts {

  private final StringBuilder waiting = new StringBuilder();

  /**
   * @param text ASCII
   * @param longest most bytes per part, with its first character; {@link Link#LEAST_MESSAGE} or
   *     more
   */
  static List<String> split(String text, int longest) {
    Link.requireSize(longest);
    if (text.length() <= longest) {
      return List.of(text);
    }
    List<String> parts = new ArrayList<>();
    int size = longest - 1;
    for (int from = 0; from < text.length(); from += size) {
      int to = Math.min(text.length(), from + size);
      parts.add((to < text.length() ? "+" : "=") + text.substring(from, to));
    }
    return parts;
  }

  /**
   * @return the whole message, or null if more parts must come
   */
  String add(String part, int longest) {
    if (part.isEmpty()) {
      throw new WireException("A text message is empty.");
    }
    char first = part.charAt(0);
    if (waiting.length() + part.length() > longest) {
      throw new WireException("A text message is longer than " + longest + " bytes.");
    }
    if (first == '+') {
      if (part.length() < 512) {
        throw new WireException(
            "A part of a message that is not the last has 512 bytes or more, but this one has "
                + part.length()
                + ".");
      }
      waiting.append(part, 1, part.length());
      return null;
    }
    if (first == '=') {
      if (waiting.isEmpty()) {
        throw new WireException("A last part came without a first one.");
      }
      String whole = waiting.append(part, 1, part.length()).toString();
      waiting.setLength(0);
      waiting.trimToSize();
      return whole;
    }
    if (!waiting.isEmpty()) {
      throw new WireException("A message came between the parts of another one.");
    }
    return part;
  }
}
