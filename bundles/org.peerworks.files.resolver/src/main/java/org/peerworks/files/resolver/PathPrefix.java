package org.peerworks.files.resolver;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What differs at the beginning of two paths of one file, and how others change with it. Nothing
 * here touches a disk.
 *
 * @param before what the original begins with, without a separator at its end
 * @param after what stands there on the worker
 */
record PathPrefix(String before, String after) {

  /** Compares two paths of one file name by name from the end. */
  static PathPrefix between(String original, String found) {
    boolean ofWindows = Names.isOfWindows(original);
    List<String> old = names(original);
    List<String> now = names(found);
    int same = 0;
    while (same < Math.min(old.size(), now.size())
        && equal(old.get(old.size() - 1 - same), now.get(now.size() - 1 - same), ofWindows)) {
      same++;
    }
    int cut = Math.max(1, same); // a file that has another name now: at least its directory
    return new PathPrefix(
        String.join(ofWindows ? "\\" : "/", old.subList(0, Math.max(0, old.size() - cut))),
        String.join("/", now.subList(0, Math.max(0, now.size() - cut))));
  }

  private static boolean equal(String one, String other, boolean ignoreCase) {
    return ignoreCase ? one.equalsIgnoreCase(other) : one.equals(other);
  }

  /** The first one is empty for an absolute path. */
  private static List<String> names(String path) {
    String slashes = Names.isOfWindows(path) ? path.replace('\\', '/') : path;
    return Arrays.asList(slashes.split("/", -1));
  }

  /** Another path after the same change; empty if it does not begin like the original. */
  Optional<String> applied(String path) {
    String slashes = Names.isOfWindows(path) ? path.replace('\\', '/') : path;
    String start = before.replace('\\', '/') + "/";
    boolean begins = slashes.regionMatches(Names.isOfWindows(path), 0, start, 0, start.length());
    return begins ? Optional.of(after + "/" + slashes.substring(start.length())) : Optional.empty();
  }
}
