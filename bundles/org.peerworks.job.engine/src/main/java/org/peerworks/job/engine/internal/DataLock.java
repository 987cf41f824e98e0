package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second worker off a data directory. The kernel lets go of it when the process ends. */
final class DataLock implements AutoCloseable {

  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws IOException another worker has it; says which
   */
  static DataLock take(Path dataDirectory) throws IOException {
    Path file = dataDirectory.resolve("store").resolve("lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        channel.truncate(0);
        channel.write(
            ByteBuffer.wrap(
                Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
            0);
        return new DataLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw taken(dataDirectory, file, e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw taken(dataDirectory, file, null);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static IOException taken(Path dataDirectory, Path file, Exception cause)
      throws IOException {
    String pid = Files.readString(file, StandardCharsets.US_ASCII).strip();
    return new IOException(
        "Another worker (process "
            + (pid.isEmpty() ? "unknown" : pid)
            + ") uses the data directory '"
            + dataDirectory
            + "'. Stop it, or give this worker a data directory of its own.",
        cause);
  }
}
