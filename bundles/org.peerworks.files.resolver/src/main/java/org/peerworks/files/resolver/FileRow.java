package org.peerworks.files.resolver;

import java.time.temporal.ChronoUnit;
import org.peerworks.files.api.FileEntry;

/**
 * A line of {@code files:list}, and of its JSON.
 *
 * @param type {@code file} or {@code directory}
 * @param size in bytes; 0 for a directory
 * @param modified ISO 8601, UTC
 */
public record FileRow(String name, String type, long size, String modified) {

  static FileRow of(FileEntry entry) {
    return new FileRow(
        entry.name(),
        entry.directory() ? "directory" : "file",
        entry.size(),
        entry.modified().truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
