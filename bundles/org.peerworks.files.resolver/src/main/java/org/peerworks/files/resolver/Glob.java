package org.peerworks.files.resolver;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern with {@code *}, {@code ?} and {@code [abc]}, {@code [a-z]}, {@code [!abc]}, as fnmatch
 * has them. Matching goes over the name once for each star at most and never comes back: no pattern
 * makes it explode.
 */
final class Glob {

  /** One character of the pattern that is no star. */
  private interface One {
    boolean fits(char c);
  }

  private final List<One[]> pieces = new ArrayList<>();
  private final int fixed;
  private final int plain;

  /**
   * @param pattern in the case that names will have
   */
  Glob(String pattern) {
    List<One> piece = new ArrayList<>();
    int count = 0;
    int others = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '*') {
        if (pieces.isEmpty() || !piece.isEmpty()) {
          pieces.add(piece.toArray(One[]::new));
          piece = new ArrayList<>();
        }
        continue;
      }
      count++;
      int end = c == '[' ? pattern.indexOf(']', i + 2 + (startsNegated(pattern, i) ? 1 : 0)) : -1;
      if (c == '?') {
        piece.add(any -> true);
      } else if (end > 0) {
        piece.add(set(pattern.substring(i + 1, end)));
        i = end;
      } else {
        piece.add(given -> given == c);
        others++;
      }
    }
    pieces.add(piece.toArray(One[]::new));
    fixed = count;
    plain = others;
  }

  private static boolean startsNegated(String pattern, int bracket) {
    return bracket + 1 < pattern.length() && pattern.charAt(bracket + 1) == '!';
  }

  private static One set(String text) {
    boolean not = text.startsWith("!");
    String members = not ? text.substring(1) : text;
    return c -> contains(members, c) != not;
  }

  private static boolean contains(String members, char c) {
    for (int i = 0; i < members.length(); i++) {
      if (i + 2 < members.length() && members.charAt(i + 1) == '-') {
        if (members.charAt(i) <= c && c <= members.charAt(i + 2)) {
          return true;
        }
        i += 2;
      } else if (members.charAt(i) == c) {
        return true;
      }
    }
    return false;
  }

  /** Whether a text is a pattern at all. */
  static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
  }

  /** How many characters stand for themselves. */
  int plain() {
    return plain;
  }

  boolean matches(String name) {
    if (name.length() < fixed) {
      return false;
    }
    One[] first = pieces.get(0);
    if (!fits(first, name, 0)) {
      return false;
    }
    if (pieces.size() == 1) {
      return name.length() == first.length;
    }
    One[] last = pieces.get(pieces.size() - 1);
    int end = name.length() - last.length;
    int at = first.length;
    for (int i = 1; i < pieces.size() - 1; i++) {
      at = find(pieces.get(i), name, at, end);
      if (at < 0) {
        return false;
      }
    }
    return at <= end && fits(last, name, end);
  }

  /** The end of the first place where a piece fits; -1 if there is none before the end. */
  private static int find(One[] piece, String name, int from, int end) {
    for (int at = from; at + piece.length <= end; at++) {
      if (fits(piece, name, at)) {
        return at + piece.length;
      }
    }
    return -1;
  }

  private static boolean fits(One[] piece, String name, int at) {
    if (at + piece.length > name.length()) {
      return false;
    }
    for (int i = 0; i < piece.length; i++) {
      if (!piece[i].fits(name.charAt(at + i))) {
        return false;
      }
    }
    return true;
  }
}
