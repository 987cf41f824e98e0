package org.peerworks.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second process of a role off a data directory, before it touches the framework of the
 * first one. The kernel lets go of it when the process ends.
 */
final class RoleLock implements AutoCloseable {

  private final FileChannel channel;

  private RoleLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @param role {@code worker} or {@code signal}
   * @throws LaunchException another process has it; says which
   */
  static RoleLock take(Path data, Path file, String role) throws IOException, LaunchException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw taken(data, file, role);
      }
      channel.truncate(0);
      String pid = Long.toString(ProcessHandle.current().pid());
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
      return new RoleLock(channel);
    } catch (IOException | LaunchException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static LaunchException taken(Path data, Path file, String role) throws IOException {
    String pid = Files.readString(file, StandardCharsets.US_ASCII).strip();
    return new LaunchException(
        ExitStatus.DATA,
        "Another '"
            + role
            + "' (process "
            + (pid.isEmpty() ? "unknown" : pid)
            + ") uses the data directory '"
            + data
            + "'. Stop it, or give this one a directory of its own with --data-dir.",
        null);
  }
}
