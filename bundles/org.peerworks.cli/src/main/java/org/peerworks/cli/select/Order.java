package org.peerworks.cli.select;

import java.util.Comparator;
import org.peerworks.files.api.FileEntry;

/**
 * In which order files are shown; folders come first, files of equal rank as the worker has them.
 */
enum Order {
  /** As the worker lists them: by name, or what fits best. */
  LISTED("", null),
  NEWEST("newest first", Comparator.comparing(FileEntry::modified).reversed()),
  LARGEST("largest first", Comparator.comparingLong(FileEntry::size).reversed());

  private final String shown;
  private final Comparator<FileEntry> files;

  Order(String shown, Comparator<FileEntry> files) {
    this.shown = shown;
    this.files = files;
  }

  /** For people; empty for the usual one. */
  String shown() {
    return shown;
  }

  Order next() {
    return values()[(ordinal() + 1) % values().length];
  }

  Comparator<FileEntry> comparator() {
    return Comparator.comparing(FileEntry::directory).reversed().thenComparing(files);
  }
}
