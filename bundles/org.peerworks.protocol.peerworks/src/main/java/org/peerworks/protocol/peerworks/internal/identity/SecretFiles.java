package org.peerworks.protocol.peerworks.internal.identity;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Directories and lock files that only their owner may use. */
final class SecretFiles {

  private static final FileAttribute<Set<PosixFilePermission>> FILE_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private SecretFiles() {}

  /** Makes the directory if it is missing, and takes the rights of others away. */
  static void directory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory.toAbsolutePath(), PosixFilePermissions.asFileAttribute(DIRECTORY));
    }
    if (!Files.getPosixFilePermissions(directory).equals(DIRECTORY)) {
      Files.setPosixFilePermissions(directory, DIRECTORY);
    }
  }

  /** What is done while a lock is held. */
  interface Task {
    void run() throws IOException;
  }

  /**
   * Does something while no other process or thread does, by the lock of a file, which is made if
   * it is missing.
   */
  static void locked(Path file, Task task) throws IOException {
    // A file lock is one of the whole process, so threads need one of their own.
    synchronized (SecretFiles.class) {
      try (FileChannel channel =
          FileChannel.open(
              file,
              Set.of(
                  StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
              FILE_MODE)) {
        channel.lock();
        task.run();
      }
    }
  }
}
