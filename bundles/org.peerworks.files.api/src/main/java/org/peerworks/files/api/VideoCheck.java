package org.peerworks.files.api;

import java.util.List;
import java.util.Objects;

/**
 * Whether the videos of a project can be read on the worker.
 *
 * @param slpPath of the project, absolute, without links
 * @param total all videos
 * @param accessible videos in files that can be read
 * @param embedded videos whose images lie in the project itself
 * @param missing the others
 */
public record VideoCheck(
    String slpPath, int total, int accessible, int embedded, List<MissingVideo> missing) {

  public VideoCheck {
    Objects.requireNonNull(slpPath, "slpPath");
    missing = List.copyOf(missing);
  }
}
