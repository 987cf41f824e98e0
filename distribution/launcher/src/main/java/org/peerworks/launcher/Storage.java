package org.peerworks.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The framework's own directory. A worker's stays; a client's belongs to its process and goes with
 * it, and those that killed clients left behind go too.
 */
final class Storage implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Storage.class);
  private static final String CLIENT = "client-";

  private final Path directory;
  private final Optional<RoleLock> lock;

  private Storage(Path directory, Optional<RoleLock> lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /**
   * @param role names the directory of a framework that stays
   * @throws LaunchException if it cannot be used, or another process of the role uses it
   */
  static Storage of(Path data, String role, boolean temporary) throws LaunchException {
    Path frameworks = data.resolve("framework");
    long self = ProcessHandle.current().pid();
    Path directory = frameworks.resolve(temporary ? CLIENT + self : role);
    try {
      Files.createDirectories(frameworks);
      deleteLeftBehind(frameworks, self);
      if (temporary) {
        delete(directory);
      }
      Optional<RoleLock> lock =
          temporary
              ? Optional.empty()
              : Optional.of(RoleLock.take(data, frameworks.resolve(role + ".lock"), role));
      Files.createDirectories(directory);
      return new Storage(directory, lock);
    } catch (IOException e) {
      throw new LaunchException(
          ExitStatus.DATA, "Cannot use the directory '" + directory + "': " + e, e);
    }
  }

  Path directory() {
    return directory;
  }

  @Override
  public void close() {
    try {
      if (lock.isPresent()) {
        lock.get().close();
      } else {
        delete(directory);
      }
    } catch (IOException e) {
      LOG.warn("'{}' was not left in order; the next start mends it", directory, e);
    }
  }

  private static void deleteLeftBehind(Path frameworks, long self) throws IOException {
    try (DirectoryStream<Path> others = Files.newDirectoryStream(frameworks, CLIENT + "[0-9]*")) {
      for (Path other : others) {
        long pid = Long.parseLong(other.getFileName().toString().substring(CLIENT.length()));
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
