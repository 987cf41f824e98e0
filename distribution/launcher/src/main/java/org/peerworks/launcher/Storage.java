package org.peerworks.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a process keeps what is not data: the framework's own directory, and temporary files. A
 * worker's framework stays; everything else goes with its process, and what killed processes left
 * behind goes too.
 */
final class Storage implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Storage.class);
  private static final String PROCESS = "process-";

  private final Path framework;
  private final Path own;

  private Storage(Path framework, Path own) {
    this.framework = framework;
    this.own = own;
  }

  /**
   * @param privateFramework whether the framework belongs to this process alone
   */
  static Storage of(Path data, boolean privateFramework) throws LaunchException {
    Path root = data.resolve("framework");
    long self = ProcessHandle.current().pid();
    Path own = root.resolve(PROCESS + self);
    Storage storage = new Storage((privateFramework ? own : root).resolve("bundles"), own);
    try {
      Files.createDirectories(root);
      deleteLeftBehind(root, self);
      delete(own);
      Files.createDirectories(storage.framework);
      Files.createDirectories(storage.temporary());
    } catch (IOException e) {
      throw new LaunchException(
          ExitStatus.DATA, "Cannot use the directory '" + root + "': " + e, e);
    }
    return storage;
  }

  Path framework() {
    return framework;
  }

  /** For temporary files, native libraries that are unpacked among them. */
  Path temporary() {
    return own.resolve("tmp");
  }

  @Override
  public void close() {
    try {
      delete(own);
    } catch (IOException e) {
      LOG.warn("Cannot delete '{}'; the next process will", own, e);
    }
  }

  private static void deleteLeftBehind(Path root, long self) throws IOException {
    try (DirectoryStream<Path> others = Files.newDirectoryStream(root, PROCESS + "[0-9]*")) {
      for (Path other : others) {
        long pid = Long.parseLong(other.getFileName().toString().substring(PROCESS.length()));
        if (pid != self && ProcessHandle.of(pid).isEmpty()) {
          delete(other);
        }
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure)
                throws IOException {
              Files.deleteIfExists(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (NoSuchFileException e) {
      // Somebody else cleaned up at the same time, or there is nothing.
      return;
    }
  }
}
