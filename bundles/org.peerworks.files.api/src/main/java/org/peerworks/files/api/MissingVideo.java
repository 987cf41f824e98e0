package org.peerworks.files.api;

import java.util.Objects;

/**
 * A video that cannot be read on the worker: it is not in a mount, or not there.
 *
 * @param filename last name of the path, after {@code /} or {@code \}
 * @param originalPath as the project has it
 */
public record MissingVideo(String filename, String originalPath) {

  public MissingVideo {
    Objects.requireNonNull(filename, "filename");
    Objects.requireNonNull(originalPath, "originalPath");
  }
}
