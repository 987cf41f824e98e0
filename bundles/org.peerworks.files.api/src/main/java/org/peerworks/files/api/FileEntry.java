package org.peerworks.files.api;

import java.time.Instant;
import java.util.Objects;

/**
 * A file or a directory in a mount.
 *
 * @param path absolute, as the worker knows it
 * @param name last part of the path; valid text without control characters
 * @param directory whether it is a directory, or a link to one in a mount
 * @param size in bytes; 0 for a directory
 * @param modified when its content changed last; {@link Instant#EPOCH} if that is unknown
 */
public record FileEntry(String path, String name, boolean directory, long size, Instant modified) {

  public FileEntry {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(modified, "modified");
  }
}
