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
 * Where a process keeps what is not data: the framework's own directory, and temporary files. A
 * worker's framework stays; everything else goes with its process, and what killed processes left
 * behind goes too.
 */
final class Storage implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Storage.class);
  private static final String PROCESS = "process-";

  private final Path framework;
  private final Path own;
  private final Optional<RoleLock> lock;

  private Storage(Path framework, Path own, Optional<RoleLock> lock) {
    this.framework = framework;
    this.own = own;
    this.lock = lock;
  }

  /**
   * @param role names the directory of a framework that stays
   * @param privateFramework whether the framework belongs to this process alone
   * @throws LaunchException if it cannot be used, or another process of the role uses it
   */
  static Storage of(Path data, String role, boolean privateFramework) throws LaunchException {
    Path root = data.resolve("framework");
    Path own = root.resolve(PROCESS + ProcessHandle.current().pid());
    Path framework = (privateFramework ? own : root).resolve(role);
    try {
      Files.createDirectories(root);
      deleteLeftBehind(root, own);
      Optional<RoleLock> lock =
          privateFramework
              ? Optional.empty()
              : Optional.of(RoleLock.take(data, root.resolve(role + ".lock"), role));
      Storage storage = new Storage(framework, own, lock);
      delete(own);
      Files.createDirectories(framework);
      Files.createDirectories(storage.temporary());
      return storage;
    } catch (IOException e) {
      throw new LaunchException(
          ExitStatus.DATA,
          "Cannot use the directory '"
              + root
              + "': "
              + Reasons.of(e)
              + ". Mend that, or set PEERWORKS_DATA to a directory elsewhere.",
          e);
    }
  }

  Path framework() {
    return framework;
  }

  /** For temporary files, native libraries that are unpacked among them. */
  Path temporary() {
    return own.resolve("tmp");
  }

  /** The archive of classes that the next start may use. */
  ClassArchive classes() {
    return ClassArchive.in(own.getParent(), temporary());
  }

  @Override
  public void close() {
    try {
      delete(own);
      if (lock.isPresent()) {
        lock.get().close();
      }
    } catch (IOException e) {
      LOG.warn("'{}' was not left in order; the next start mends it", own, e);
    }
  }

  private static void deleteLeftBehind(Path root, Path own) throws IOException {
    try (DirectoryStream<Path> others = Files.newDirectoryStream(root, PROCESS + "*")) {
      for (Path other : others) {
        String pid = other.getFileName().toString().substring(PROCESS.length());
        boolean dead =
            pid.matches("[0-9]{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
        if (dead && !other.equals(own)) {
          deleteIfPossible(other);
        }
      }
    }
  }

  /** What a dead process has left is in nobody's way. */
  private static void deleteIfPossible(Path directory) {
    try {
      delete(directory);
    } catch (IOException e) {
      LOG.warn("'{}' of an ended process stays until the next start", directory, e);
    }
  }

  static void delete(Path directory) throws IOException {
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
