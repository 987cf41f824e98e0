package org.peerworks.files.api;

import java.util.List;
import java.util.Objects;

/**
 * A worker, as somebody who looks at its files sees it.
 *
 * @param workerName for people
 * @param workingDirectory what relative paths start from; absolute
 * @param mounts in the order of the worker's configuration
 */
public record FilesInfo(String workerName, String workingDirectory, List<MountStatus> mounts) {

  public FilesInfo {
    Objects.requireNonNull(workerName, "workerName");
    Objects.requireNonNull(workingDirectory, "workingDirectory");
    mounts = List.copyOf(mounts);
  }
}
