package org.peerworks.lib.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * Counts the entries of a zip archive before anybody keeps them in memory (PKWARE APPNOTE 4.3.12 to
 * 4.3.16).
 */
final class ZipDirectory {

  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int MAX_COMMENT = 0xFFFF;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int LOCATOR_64_SIZE = 20;
  private static final int END_64 = 0x06064b50;
  private static final int END_64_SIZE = 56;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_SIZE = 46;
  private static final long MAX_SIZE = 64L << 20;

  private final FileChannel zip;

  private ZipDirectory(FileChannel zip) {
    this.zip = zip;
  }

  /** Leaves the channel's position alone. */
  static void check(FileChannel zip, ArchiveLimits limits) throws IOException {
    try {
      new ZipDirectory(zip).count(limits);
    } catch (EOFException | IllegalArgumentException e) {
      throw ZipUnpacker.damaged(e);
    }
  }

  private void count(ArchiveLimits limits) throws IOException {
    long end = findEnd();
    long position = start(end);
    long last = position + MAX_SIZE;
    int entries = 0;
    while (position + ENTRY_SIZE <= end) {
      ByteBuffer entry = read(position, ENTRY_SIZE);
      if (entry.getInt(0) != ENTRY) {
        return;
      }
      if (++entries > limits.maxEntries()) {
        throw new ArchiveException(
            "The archive has more than " + limits.maxEntries() + " entries; split it.");
      }
      position += ENTRY_SIZE + unsigned(entry, 28) + unsigned(entry, 30) + unsigned(entry, 32);
      if (position > last) {
        throw new ArchiveException(
            "The archive's list of entries is larger than " + MAX_SIZE + " bytes; split it.");
      }
    }
  }

  private long findEnd() throws IOException {
    long size = zip.size();
    int length = (int) Math.min(size, END_SIZE + MAX_COMMENT);
    ByteBuffer tail = read(size - length, length);
    for (int i = length - END_SIZE; i >= 0; i--) {
      if (tail.getInt(i) == END) {
        return size - length + i;
      }
    }
    throw new EOFException("no end of central directory");
  }

  private long start(long end) throws IOException {
    if (end >= LOCATOR_64_SIZE) {
      ByteBuffer locator = read(end - LOCATOR_64_SIZE, LOCATOR_64_SIZE);
      if (locator.getInt(0) == LOCATOR_64) {
        ByteBuffer end64 = read(locator.getLong(8), END_64_SIZE);
        if (end64.getInt(0) != END_64) {
          throw new EOFException("no zip64 end of central directory");
        }
        return end64.getLong(48);
      }
    }
    ByteBuffer record = read(end, END_SIZE);
    long size = record.getInt(12) & 0xFFFFFFFFL;
    return Math.max(end - size, record.getInt(16) & 0xFFFFFFFFL);
  }

  private static int unsigned(ByteBuffer buffer, int at) {
    return buffer.getShort(at) & 0xFFFF;
  }

  private ByteBuffer read(long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      int n = zip.read(buffer, position + buffer.position());
      if (n < 0) {
        throw new EOFException("ends in the middle of a record");
      }
    }
    return buffer;
  }
}
