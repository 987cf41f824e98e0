package org.peerworks.lib.files;

import java.util.Comparator;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipMethod;

/** What the headers of an archive's entries may say. */
final class EntryChecks {

  private static final int TYPE = 0170000;
  private static final int REGULAR = 0100000;
  private static final int DIRECTORY = 0040000;

  private EntryChecks() {}

  static void check(List<ZipArchiveEntry> entries) throws ArchiveException {
    for (ZipArchiveEntry entry : entries) {
      checkKind(entry);
      checkMethod(entry);
    }
    checkNoOverlap(entries);
  }

  /** Looks at the Unix mode whatever system the entry claims to come from. */
  private static void checkKind(ZipArchiveEntry entry) throws ArchiveException {
    int type = (int) (entry.getExternalAttributes() >>> 16) & TYPE;
    if (entry.isUnixSymlink() || (type != 0 && type != REGULAR && type != DIRECTORY)) {
      throw EntryNames.refused(entry.getName(), "is a link or a special file");
    }
    if (type == DIRECTORY && !entry.isDirectory() || type == REGULAR && entry.isDirectory()) {
      throw EntryNames.refused(entry.getName(), "is both a file and a folder");
    }
  }

  private static void checkMethod(ZipArchiveEntry entry) throws ArchiveException {
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      throw EntryNames.refused(entry.getName(), "is encrypted");
    }
    int method = entry.getMethod();
    if (method != ZipMethod.STORED.getCode() && method != ZipMethod.DEFLATED.getCode()) {
      throw EntryNames.refused(
          entry.getName(), "is compressed by method " + method + ", not deflate");
    }
    if (entry.getSize() < 0 || entry.getCompressedSize() < 0) {
      throw EntryNames.refused(entry.getName(), "does not say its size");
    }
    if (entry.isDirectory() && entry.getSize() > 0) {
      throw EntryNames.refused(entry.getName(), "is a folder with content");
    }
    if (method == ZipMethod.STORED.getCode() && entry.getSize() != entry.getCompressedSize()) {
      throw EntryNames.refused(entry.getName(), "is damaged: its sizes differ");
    }
  }

  /** Entries that share bytes are how a small archive becomes a huge one without nesting. */
  private static void checkNoOverlap(List<ZipArchiveEntry> entries) throws ArchiveException {
    List<ZipArchiveEntry> inOrder =
        entries.stream()
            .sorted(Comparator.comparingLong(ZipArchiveEntry::getLocalHeaderOffset))
            .toList();
    long end = 0;
    for (ZipArchiveEntry entry : inOrder) {
      if (entry.getLocalHeaderOffset() < end
          || entry.getDataOffset() < entry.getLocalHeaderOffset()) {
        throw EntryNames.refused(entry.getName(), "overlaps another, as in a zip bomb");
      }
      end = entry.getDataOffset() + entry.getCompressedSize();
    }
  }
}
