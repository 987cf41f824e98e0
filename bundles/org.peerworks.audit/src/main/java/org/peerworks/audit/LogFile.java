package org.peerworks.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.peerworks.lib.files.AtomicFiles;

/** The file that grows: whole lines, each on stable storage before the next. */
final class LogFile implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;
  private long size;

  private LogFile(Path path, FileChannel channel, long size) {
    this.path = path;
    this.channel = channel;
    this.size = size;
  }

  /** Opens a file, or makes it for its owner only. */
  static LogFile open(Path path) throws IOException {
    boolean isNew = Files.notExists(path);
    FileChannel channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      if (isNew) {
        AtomicFiles.sync(path.getParent());
      }
      return new LogFile(path, channel, channel.size());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  long size() {
    return size;
  }

  /** Whether nobody else has added to it, cut it, moved it away or put another in its place. */
  boolean isOurs() throws IOException {
    return Files.exists(path) && channel.size() == size && Files.size(path) == size;
  }

  /**
   * Adds a line.
   *
   * @throws IOException if it is not stored; the file is as it was then, if the disk lets it
   */
  void append(String line) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    long length = rest.remaining();
    try {
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(false);
      size += length;
    } catch (IOException e) {
      cut(size);
      throw e;
    }
  }

  /** Takes away what stands behind a position. */
  void cut(long end) throws IOException {
    try (FileChannel whole = FileChannel.open(path, StandardOpenOption.WRITE)) {
      whole.truncate(end);
      whole.force(true);
    }
    size = end;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
