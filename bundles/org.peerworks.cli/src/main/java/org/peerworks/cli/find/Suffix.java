package org.peerworks.cli.find;

/** How much alike two paths end, also where one is of Windows. */
final class Suffix {

  private Suffix() {}

  /** Number of last names that are equal, without regard to case. */
  static int shared(String one, String other) {
    String[] left = one.split("[/\\\\]");
    String[] right = other.split("[/\\\\]");
    int shared = 0;
    while (shared < Math.min(left.length, right.length)
        && left[left.length - 1 - shared].equalsIgnoreCase(right[right.length - 1 - shared])) {
      shared++;
    }
    return shared;
  }
}
