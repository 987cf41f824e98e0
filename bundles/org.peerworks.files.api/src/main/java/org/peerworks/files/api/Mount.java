package org.peerworks.files.api;

import java.util.Objects;

/**
 * A named directory of a worker that clients may look into.
 *
 * @param label unique on its worker, for people; 1 to 64 characters
 * @param path absolute, as the worker's own paths begin with it
 */
public record Mount(String label, String path) {

  public Mount {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(path, "path");
  }
}
