package org.peerworks.audit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.peerworks.lib.files.AtomicFiles;

/** The files of the log: the one that grows, and full ones, named by their first entry. */
final class Segments {

  private final Path directory;

  /**
   * @param directory where they are, which must exist
   */
  Segments(Path directory) {
    this.directory = directory;
  }

  /** The file that grows. */
  Path current() {
    return directory.resolve("audit.log");
  }

  /** All that exist, oldest first. */
  List<Path> all() throws IOException {
    List<Path> files = full();
    if (Files.exists(current())) {
      files.add(current());
    }
    return files;
  }

  /** Those that do not grow any more, oldest first. */
  List<Path> full() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "audit-*.log")) {
      found.forEach(files::add);
    }
    files.sort(null);
    return files;
  }

  /**
   * Puts the file that grows aside.
   *
   * @param first number of its first entry
   */
  void rotate(long first) throws IOException {
    Files.move(
        current(),
        directory.resolve("audit-%016d.log".formatted(first)),
        StandardCopyOption.ATOMIC_MOVE);
    AtomicFiles.sync(directory);
  }
}
