package org.peerworks.files.resolver;

/**
 * How many letters differ between a name and one that was typed: inserted, left out, replaced, or
 * two neighbours exchanged (optimal string alignment). Not thread-safe.
 */
final class Spelling {

  private static final int LONGEST = 256;

  private final String wanted;
  private final int most;
  private final long letters;
  private int[] before = new int[LONGEST + 1];
  private int[] last = new int[LONGEST + 1];
  private int[] now = new int[LONGEST + 1];

  /**
   * @param wanted in lower case
   */
  Spelling(String wanted) {
    this.wanted = wanted;
    most = wanted.length() > LONGEST ? 0 : Math.max(1, Math.min(3, wanted.length() / 4));
    letters = letters(wanted);
  }

  /**
   * @param name in lower case
   * @return the distance; -1 if it is more than a slip or two
   */
  int distance(String name) {
    int difference = name.length() - wanted.length();
    if (difference > most || -difference > most || name.length() > LONGEST) {
      return -1;
    }
    if (Long.bitCount(letters ^ letters(name)) > 2 * most) {
      return -1; // one slip changes two kinds of letters at most
    }
    int start = 0;
    int end = wanted.length();
    int nameEnd = name.length();
    while (start < Math.min(end, nameEnd) && wanted.charAt(start) == name.charAt(start)) {
      start++;
    }
    while (start < Math.min(end, nameEnd) && wanted.charAt(end - 1) == name.charAt(nameEnd - 1)) {
      end--;
      nameEnd--;
    }
    return differing(name, start, end, nameEnd);
  }

  /** The distance of what lies between equal starts and equal ends. */
  private int differing(String name, int start, int end, int nameEnd) {
    int width = nameEnd - start;
    for (int j = 0; j <= width; j++) {
      last[j] = j;
    }
    for (int i = 1; i <= end - start; i++) {
      if (row(name, start, i, width) > most) {
        return -1;
      }
    }
    int distance = last[width];
    return distance <= most ? distance : -1;
  }

  /** Fills one row and makes it the last one; returns its least value. */
  private int row(String name, int start, int i, int width) {
    char letter = wanted.charAt(start + i - 1);
    now[0] = i;
    int least = i;
    for (int j = 1; j <= width; j++) {
      char other = name.charAt(start + j - 1);
      int cost = last[j - 1] + (letter == other ? 0 : 1);
      cost = Math.min(cost, Math.min(last[j], now[j - 1]) + 1);
      if (i > 1
          && j > 1
          && letter == name.charAt(start + j - 2)
          && wanted.charAt(start + i - 2) == other) {
        cost = Math.min(cost, before[j - 2] + 1);
      }
      now[j] = cost;
      least = Math.min(least, cost);
    }
    int[] free = before;
    before = last;
    last = now;
    now = free;
    return least;
  }

  private static long letters(String text) {
    long letters = 0;
    for (int i = 0; i < text.length(); i++) {
      letters |= 1L << (text.charAt(i) & 63);
    }
    return letters;
  }
}
