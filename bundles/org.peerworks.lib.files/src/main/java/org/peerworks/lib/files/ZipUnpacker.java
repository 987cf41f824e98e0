package org.peerworks.lib.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Unpacks one zip archive. What headers say is checked before, and counted while writing. */
final class ZipUnpacker {

  private static final int BUFFER = 1 << 16;
  private static final long FREE_OF_RATIO = 1 << 20;
  private static final long LOOK_AGAIN = 16 << 20;

  private final ZipFile zip;
  private final Path root;
  private final ArchiveLimits limits;
  private final long packedSize;
  private final byte[] buffer = new byte[BUFFER];
  private final FileStore store;
  private long written;
  private long roomFor;

  private ZipUnpacker(ZipFile zip, Path root, ArchiveLimits limits, long packedSize)
      throws IOException {
    this.store = Files.getFileStore(root);
    this.zip = zip;
    this.root = root;
    this.limits = limits;
    this.packedSize = packedSize;
  }

  static void unpack(Path file, Path directory, ArchiveLimits limits) throws IOException {
    Path root = directory.toRealPath();
    try (Stream<Path> content = Files.list(root)) {
      if (content.findAny().isPresent()) {
        throw new IOException(
            "Cannot unpack into '" + directory + "': it is not empty; choose an empty directory.");
      }
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ZipDirectory.check(channel, limits);
      try (ZipFile zip = open(channel)) {
        new ZipUnpacker(zip, root, limits, channel.size()).unpack();
      }
    } catch (Throwable e) {
      clear(root, e);
      throw e;
    }
  }

  static List<String> names(Path file, ArchiveLimits limits) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ZipDirectory.check(channel, limits);
      try (ZipFile zip = open(channel)) {
        return Collections.list(zip.getEntries()).stream().map(ZipArchiveEntry::getName).toList();
      }
    }
  }

  private static void clear(Path root, Throwable reason) {
    try {
      FileTrees.clear(root);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private static ZipFile open(FileChannel channel) throws IOException {
    try {
      return ZipFile.builder().setSeekableByteChannel(channel).get();
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
  }

  private void unpack() throws IOException {
    List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
    EntryNames names = new EntryNames(limits.maxEntries());
    EntryChecks.check(entries);
    for (ZipArchiveEntry entry : entries) {
      checkLimit(entry, entry.getSize());
      checkRoom(entry.getSize());
      List<String> parts = names.take(entry.getName(), entry.isDirectory());
      Path target = root;
      for (String part : parts.subList(0, parts.size() - 1)) {
        target = target.resolve(part);
        makeFolder(target);
      }
      target = target.resolve(parts.get(parts.size() - 1));
      if (entry.isDirectory()) {
        makeFolder(target);
      } else {
        write(entry, target);
      }
    }
  }

  private static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(folder);
    }
  }

  private void write(ZipArchiveEntry entry, Path target) throws IOException {
    CRC32 crc = new CRC32();
    long size = 0;
    try (InputStream in = open(entry);
        FileChannel out =
            FileChannel.open(
                target,
                Set.of(
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS))) {
      for (int n = read(in, entry); n >= 0; n = read(in, entry)) {
        size += n;
        written += n;
        checkSize(entry, size);
        roomFor -= n;
        if (roomFor < 0) {
          checkRoom(entry.getSize() - size);
        }
        crc.update(buffer, 0, n);
        ByteBuffer piece = ByteBuffer.wrap(buffer, 0, n);
        while (piece.hasRemaining()) {
          out.write(piece);
        }
      }
    }
    if (size != entry.getSize() || crc.getValue() != entry.getCrc()) {
      throw EntryNames.refused(entry.getName(), "is damaged: size or checksum differ");
    }
  }

  /** Others write to the disk as well, so this looks again every now and then. */
  private void checkRoom(long wanted) throws IOException {
    long room = store.getUsableSpace() - limits.reserve();
    if (room < wanted) {
      throw new IOException(
          "The disk has no room to unpack the archive: %d more bytes would leave less than %d free;"
                  .formatted(wanted, limits.reserve())
              + " free some.");
    }
    roomFor = LOOK_AGAIN;
  }

  private void checkSize(ZipArchiveEntry entry, long size) throws ArchiveException {
    checkLimit(entry, 0);
    if (tooDense(size, entry.getCompressedSize()) || tooDense(written, packedSize)) {
      throw EntryNames.refused(
          entry.getName(),
          "holds more than " + limits.maxRatio() + " times what was sent, as a zip bomb does");
    }
    if (size > entry.getSize()) {
      throw EntryNames.refused(entry.getName(), "holds more than its header says");
    }
  }

  /** Whether so much more fits; what a header claims is no reason to speak of a full disk. */
  private void checkLimit(ZipArchiveEntry entry, long more) throws ArchiveException {
    if (more > limits.maxBytes() - written) {
      throw EntryNames.refused(
          entry.getName(), "goes beyond the limit of " + limits.maxBytes() + " bytes in all");
    }
  }

  private boolean tooDense(long unpacked, long packed) {
    return (unpacked - FREE_OF_RATIO) / limits.maxRatio() > packed;
  }

  private InputStream open(ZipArchiveEntry entry) throws ArchiveException {
    try {
      return zip.getInputStream(entry);
    } catch (IOException | RuntimeException e) {
      throw damaged(entry, e);
    }
  }

  private int read(InputStream in, ZipArchiveEntry entry) throws ArchiveException {
    try {
      return in.read(buffer);
    } catch (IOException | RuntimeException e) {
      throw damaged(entry, e);
    }
  }

  private static ArchiveException damaged(ZipArchiveEntry entry, Exception cause) {
    return new ArchiveException(
        "The archive's entry '" + FileNames.shown(entry.getName()) + "' is damaged; send it again.",
        cause);
  }

  static ArchiveException damaged(Exception cause) {
    return new ArchiveException("The archive is damaged or not a zip file; send it again.", cause);
  }
}
