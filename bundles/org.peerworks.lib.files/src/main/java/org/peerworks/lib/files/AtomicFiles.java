package org.peerworks.lib.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Writes files so that a reader, or a power loss, sees the old or the new content. */
public final class AtomicFiles {

  /** How the names of files and directories begin that are not whole yet. */
  public static final String TEMPORARY = ".tmp-";

  private static final Duration SURELY_LEFT = Duration.ofMinutes(1);

  private AtomicFiles() {}

  /** Replaces or makes a file; it is on stable storage when this returns. */
  public static void write(Path file, byte[] content) throws IOException {
    replace(file, content);
  }

  /** The same, readable and writable by the owner only (mode 0600) from its first moment on. */
  public static void writeSecret(Path file, byte[] content) throws IOException {
    replace(
        file,
        content,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /** Brings a file's content, or a directory's entries, to stable storage. */
  public static void sync(Path fileOrDirectory) throws IOException {
    try (FileChannel channel = FileChannel.open(fileOrDirectory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Deletes what processes that were killed have left of new content in a directory: files, and
   * directories, whose names begin with {@link #TEMPORARY}, and that are older than a minute, as
   * others may write there now. A directory that is missing is fine.
   */
  public static void sweep(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    FileTime before = FileTime.from(Instant.now().minus(SURELY_LEFT));
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, TEMPORARY + "*")) {
      for (Path left : found) {
        try {
          if (Files.getLastModifiedTime(left, LinkOption.NOFOLLOW_LINKS).compareTo(before) < 0) {
            FileTrees.delete(left);
          }
        } catch (NoSuchFileException e) {
          continue; // whoever wrote it was not gone
        }
      }
    }
  }

  private static void replace(Path file, byte[] content, FileAttribute<?>... attributes)
      throws IOException {
    Path target = file.toAbsolutePath();
    Path directory = target.getParent();
    Path temporary = directory.resolve(TEMPORARY + UUID.randomUUID());
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              attributes)) {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
    sync(directory);
  }
}
