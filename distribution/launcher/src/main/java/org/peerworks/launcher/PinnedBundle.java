package org.peerworks.launcher;

import java.nio.file.Path;

/**
 * A bundle as a feature pins it.
 *
 * @param id Maven coordinates
 * @param file the jar in the installation
 * @param sha256 what the jar must be, in lower-case hexadecimal digits
 * @param startLevel 1 or more
 */
public record PinnedBundle(String id, Path file, String sha256, int startLevel) {

  /** The bundle stays in its file; the framework keeps no copy. */
  public String location() {
    return "reference:" + file.toUri();
  }
}
