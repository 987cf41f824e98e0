package org.peerworks.itests.fuzz;

import java.nio.file.Path;

/** Where a target writes its inputs. */
final class Scratch {

  private Scratch() {}

  /** Of this process alone. */
  static Path directory() {
    return Path.of(System.getProperty("fuzz.scratch"));
  }
}
