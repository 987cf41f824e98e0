package org.peerworks.files.resolver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Tells how many directories are in a directory without looking at its entries: on file systems
 * that keep books, a directory has two links and one more for each directory in it (as find(1) and
 * fts(3) use it). This saves one system call for each file of a tree.
 */
final class LinkCounts {

  static final int UNKNOWN = -1;

  private static final Set<String> EXACT =
      Set.of("ext2", "ext3", "ext4", "xfs", "tmpfs", "zfs", "jfs", "overlay", "ramfs");

  private final boolean exact;
  private final Object device;

  /** For the file system that a directory is on; others that are mounted below keep no books. */
  LinkCounts(Path directory) throws IOException {
    exact = EXACT.contains(Files.getFileStore(directory).type());
    device = exact ? Files.getAttribute(directory, "unix:dev") : null;
  }

  /** Number of directories in it, {@link #UNKNOWN} where the file system does not tell. */
  int directoriesIn(Path directory) {
    if (!exact) {
      return UNKNOWN;
    }
    try {
      Map<String, Object> known =
          Files.readAttributes(directory, "unix:nlink,dev", LinkOption.NOFOLLOW_LINKS);
      if (!known.get("dev").equals(device)) {
        return UNKNOWN;
      }
      // One link: a directory that is merged from several, or has too many in it.
      return known.get("nlink") instanceof Integer count && count >= 2 ? count - 2 : UNKNOWN;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return UNKNOWN; // then each entry is looked at
    }
  }
}
