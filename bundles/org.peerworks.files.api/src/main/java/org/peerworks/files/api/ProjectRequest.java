package org.peerworks.files.api;

import java.util.Map;
import java.util.Objects;

/**
 * A copy of a project with other video paths.
 *
 * @param slpPath the project
 * @param outputDirectory where the copy goes, in a mount; empty for a place of the worker's own,
 *     which {@link Mounts} let jobs read, and which is emptied after some days
 * @param videos new path by the path in the project; new ones lie in a mount and can be read
 * @param outputName a plain file name that ends in {@code .slp}; empty for {@code
 *     resolved_<YYYYMMDD>_<name of the project>[.pkg].slp}, with a number if that is taken
 */
public record ProjectRequest(
    String slpPath, String outputDirectory, Map<String, String> videos, String outputName) {

  public ProjectRequest {
    Objects.requireNonNull(slpPath, "slpPath");
    Objects.requireNonNull(outputDirectory, "outputDirectory");
    videos = Map.copyOf(videos);
    Objects.requireNonNull(outputName, "outputName");
  }
}
