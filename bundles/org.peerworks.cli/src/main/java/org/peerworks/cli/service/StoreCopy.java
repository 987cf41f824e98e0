package org.peerworks.cli.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.peerworks.lib.files.AtomicFiles;
import org.peerworks.lib.files.FileTrees;

/**
 * The store of jobs and the list of installed bundles, as they were before a version was tried that
 * may bring them into another form. What the tried version left is kept, too.
 */
final class StoreCopy {

  /** With what SQLite keeps beside it; a store that was closed in order has only the first. */
  private static final List<String> FILES =
      List.of(
          "store/peerworks.db",
          "store/peerworks.db-wal",
          "store/peerworks.db-shm",
          "bundles/state.json",
          "bundles/pending.json");

  private final Path data;
  private final Path copy;

  /**
   * @param copy directory that only the caller can change
   */
  StoreCopy(Path data, Path copy) {
    this.data = data;
    this.copy = copy;
  }

  /** Copies, while no worker runs; replaces an earlier copy. */
  void take() throws IOException {
    FileTrees.delete(copy);
    Path incomplete = copy.resolveSibling(copy.getFileName() + ".new");
    FileTrees.delete(incomplete);
    Directories.closed(incomplete);
    for (String name : FILES) {
      Path file = data.resolve(name);
      // The worker's user owns the directory, and must not have others' files copied.
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        copy(file, incomplete.resolve(flat(name)));
      }
    }
    Files.move(incomplete, copy, StandardCopyOption.ATOMIC_MOVE);
    AtomicFiles.sync(copy.getParent());
  }

  boolean exists() {
    return Files.isDirectory(copy);
  }

  /**
   * Puts the copy back, while no worker runs.
   *
   * @param tried what the files are called that are in its place now: their names and this
   */
  void restore(String tried) throws IOException {
    for (String name : FILES) {
      Path file = data.resolve(name);
      Path kept = copy.resolve(flat(name));
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.move(
            file,
            file.resolveSibling(file.getFileName() + "." + tried),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
      if (Files.exists(kept)) {
        Path incoming = file.resolveSibling(".restored-" + file.getFileName());
        Files.deleteIfExists(incoming);
        copy(kept, incoming);
        Files.move(incoming, file, StandardCopyOption.ATOMIC_MOVE);
        AtomicFiles.sync(file.getParent());
      }
    }
  }

  private static String flat(String name) {
    return name.replace('/', '_');
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    AtomicFiles.sync(to);
  }
}
