package org.peerworks.files.api;

import java.util.Objects;

/**
 * A copy of a project that was written.
 *
 * @param path of the new file, absolute
 * @param videosUpdated how many videos have another path now
 */
public record WrittenProject(String path, int videosUpdated) {

  public WrittenProject {
    Objects.requireNonNull(path, "path");
  }
}
