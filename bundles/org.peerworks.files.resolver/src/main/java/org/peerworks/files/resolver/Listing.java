package org.peerworks.files.resolver;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;

/** One look at a directory: the names in it. Thread-safe. */
final class Listing {

  private static final Comparator<Name> ORDER = Listing::compare;
  private static final Comparator<Name> BACKWARDS = ORDER.reversed();

  /** Less than one of so many names are found without sorting all of them. */
  private static final long FEW = 50;

  private final Path directory;
  private final FileTime modified;
  private final long hidden;
  private final long taken = System.nanoTime();
  private final Name[] names;
  private boolean sorted;

  /** A name, and what it is sorted by. */
  record Name(String text, String key, boolean directory) {

    static Name of(String text, boolean directory) {
      return new Name(text, text.toLowerCase(Locale.ROOT), directory);
    }
  }

  /**
   * @param directory real path
   * @param modified when the directory was changed last before the look
   * @param hidden how many entries cannot be shown
   */
  Listing(Path directory, FileTime modified, List<Name> names, long hidden) {
    this.directory = directory;
    this.modified = modified;
    this.hidden = hidden;
    this.names = names.toArray(Name[]::new);
  }

  Path directory() {
    return directory;
  }

  FileTime modified() {
    return modified;
  }

  long hidden() {
    return hidden;
  }

  int size() {
    return names.length;
  }

  long ageNanos() {
    return System.nanoTime() - taken;
  }

  private static int compare(Name one, Name other) {
    if (one.directory() != other.directory()) {
      return one.directory() ? -1 : 1;
    }
    int byKey = one.key().compareTo(other.key());
    return byKey != 0 ? byKey : one.text().compareTo(other.text());
  }

  /** The names of a page; those near the start or the end are had without sorting all. */
  synchronized List<Name> page(long offset, int limit) {
    if (offset >= names.length) {
      return List.of();
    }
    int from = (int) offset;
    int to = Math.min(names.length, from + limit);
    int fromEnd = names.length - from;
    if (!sorted && to * FEW <= names.length) {
      return least(to, ORDER).subList(from, to);
    }
    if (!sorted && fromEnd * FEW <= names.length) {
      List<Name> last = new ArrayList<>(least(fromEnd, BACKWARDS));
      Collections.reverse(last);
      return last.subList(0, to - from);
    }
    if (!sorted) {
      Arrays.sort(names, ORDER);
      sorted = true;
    }
    return List.of(Arrays.copyOfRange(names, from, to));
  }

  private List<Name> least(int count, Comparator<Name> order) {
    PriorityQueue<Name> least = new PriorityQueue<>(count, order.reversed());
    for (Name name : names) {
      if (least.size() < count) {
        least.add(name);
      } else if (order.compare(name, least.peek()) < 0) {
        least.poll();
        least.add(name);
      }
    }
    Name[] found = least.toArray(Name[]::new);
    Arrays.sort(found, order);
    return List.of(found);
  }
}
