package org.peerworks.files.api;

import java.util.Objects;

/**
 * A mount, and how it is.
 *
 * @param problem why it cannot be used now, for people; empty if it can
 */
public record MountStatus(Mount mount, String problem) {

  public MountStatus {
    Objects.requireNonNull(mount, "mount");
    Objects.requireNonNull(problem, "problem");
  }

  /** Whether it can be used now, as far as is known. */
  public boolean available() {
    return problem.isEmpty();
  }
}
