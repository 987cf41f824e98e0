package org.peerworks.protocol.sleap.internal.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.peerworks.job.api.JobOutput;
import org.peerworks.lib.files.FileNames;
import org.peerworks.protocol.sleap.internal.wire.FileMeta;
import org.peerworks.protocol.sleap.internal.wire.Texts;

/**
 * A file that a worker sends, on its way to disk. The stream has no headers and no hash (sleap-rtc
 * wire format §2.1), so its announced size is the only check there is. Not thread-safe.
 */
final class IncomingFile {

  private final String name;
  private final long size;
  private final Path path;
  private final FileChannel file;
  private final MessageDigest digest = sha256();
  private long received;

  private IncomingFile(String name, long size, Path path) throws IOException {
    this.name = name;
    this.size = size;
    this.path = path;
    this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /**
   * @param directory where it goes, under a name of its own choice
   * @param freeBytes what it must leave free
   * @throws IOException if its name or size will not do; the message is for people
   */
  static IncomingFile begin(FileMeta meta, Path directory, int number, long freeBytes)
      throws IOException {
    String name;
    try {
      name = FileNames.requirePlain(meta.name());
    } catch (IllegalArgumentException e) {
      throw new IOException("The worker names its result badly. " + e.getMessage(), e);
    }
    long usable = Files.getFileStore(directory).getUsableSpace() - freeBytes;
    if (meta.size() > usable) {
      throw new IOException(
          "The result '%s' has %d bytes, but the disk of '%s' has room for %d. Make room there."
              .formatted(name, meta.size(), directory, Math.max(0, usable)));
    }
    return new IncomingFile(name, meta.size(), directory.resolve("output-" + number));
  }

  String name() {
    return name;
  }

  long size() {
    return size;
  }

  long received() {
    return received;
  }

  Path path() {
    return path;
  }

  /**
   * @throws IOException if it is more than was announced, or cannot be written
   */
  void add(ByteBuffer chunk) throws IOException {
    received += chunk.remaining();
    if (received > size) {
      throw new IOException(
          "The worker sent more of '%s' than the %d bytes that it announced."
              .formatted(Texts.line(name, 80), size));
    }
    digest.update(chunk.duplicate());
    while (chunk.hasRemaining()) {
      file.write(chunk);
    }
  }

  /**
   * @throws IOException if something is missing
   */
  JobOutput end() throws IOException {
    file.close();
    if (received != size) {
      throw new IOException(
          "The result '%s' arrived with %d bytes, but %d were announced. Run the job again."
              .formatted(Texts.line(name, 80), received, size));
    }
    return new JobOutput(name, size, HexFormat.of().formatHex(digest.digest()));
  }

  /** Gives it up; nothing of it is left. */
  void abort() throws IOException {
    file.close();
    Files.deleteIfExists(path);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256.", e);
    }
  }
}
