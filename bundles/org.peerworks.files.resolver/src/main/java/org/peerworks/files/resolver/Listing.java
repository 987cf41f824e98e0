package org.peerworks.files.resolver;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;

/** One look at a directory: the names in it. Thread-safe. */
final class Listing {

  private static final Comparator<Name> ORDER =
      Comparator.comparing((Name name) -> !name.directory())
          .thenComparing(Name::key)
          .thenComparing(Name::text);

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

  /** The names of a page; the first pages are had without sorting all. */
  synchronized List<Name> page(long offset, int limit) {
    if (offset >= names.length) {
      return List.of();
    }
    int from = (int) offset;
    int to = Math.min(names.length, from + limit);
    if (!sorted && to * 20L > names.length) {
      Arrays.sort(names, ORDER);
      sorted = true;
    }
    return sorted ? List.of(Arrays.copyOfRange(names, from, to)) : first(to).subList(from, to);
  }

  private List<Name> first(int count) {
    PriorityQueue<Name> least = new PriorityQueue<>(count, ORDER.reversed());
    for (Name name : names) {
      if (least.size() < count) {
        least.add(name);
      } else if (ORDER.compare(name, least.peek()) < 0) {
        least.poll();
        least.add(name);
      }
    }
    Name[] found = least.toArray(Name[]::new);
    Arrays.sort(found, ORDER);
    return List.of(found);
  }
}
