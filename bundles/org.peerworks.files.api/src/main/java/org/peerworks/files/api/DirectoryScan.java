package org.peerworks.files.api;

import java.util.Map;
import java.util.Objects;

/**
 * Which files of given names lie in a directory.
 *
 * @param directory absolute, without links
 * @param found absolute path by name; names that are not there are left out
 */
public record DirectoryScan(String directory, Map<String, String> found) {

  public DirectoryScan {
    Objects.requireNonNull(directory, "directory");
    found = Map.copyOf(found);
  }
}
