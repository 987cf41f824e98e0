package org.peerworks.deploy.drop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Tells files that somebody still copies from those that are whole. */
final class Settling {

  private final Duration still;
  private final Duration patience;
  private final Map<Path, Seen> seen = new HashMap<>();

  /**
   * @param still so long a file must not change
   * @param patience a jar that does not change and is not whole after this time never will be
   */
  Settling(Duration still, Duration patience) {
    this.still = still;
    this.patience = patience;
  }

  /** A file as it looked when it was seen first in this form. */
  private record Seen(long size, long modified, long nanos) {}

  /** Whether it has not changed for a moment, and is whole or never will be. */
  boolean isSettled(Path file, BasicFileAttributes attributes, long nanos) throws IOException {
    long size = attributes.size();
    long modified = attributes.lastModifiedTime().toMillis();
    Seen before = seen.get(file);
    if (before == null || before.size() != size || before.modified() != modified) {
      seen.put(file, new Seen(size, modified, nanos));
      return false;
    }
    long age = nanos - before.nanos();
    return age >= still.toNanos() && (age >= patience.toNanos() || isWhole(file));
  }

  /** Whether a time is long enough to take something as final. */
  boolean isStill(long nanos) {
    return nanos >= still.toNanos();
  }

  /** Forgets the files that are gone, or were judged. */
  void keep(Set<Path> open) {
    seen.keySet().retainAll(open);
  }

  private static boolean isWhole(Path file) throws IOException {
    if (!file.toString().endsWith(".jar")) {
      return Files.size(file) > 0;
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.size() > 0;
    } catch (ZipException e) {
      return false;
    }
  }
}
