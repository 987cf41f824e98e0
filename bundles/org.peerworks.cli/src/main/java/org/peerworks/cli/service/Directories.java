package org.peerworks.cli.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes directories whose mode does not depend on who asks. */
final class Directories {

  private Directories() {}

  /** One that everybody may read; those above it too, if they are made. */
  static void open(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    if (directory.getParent() != null) {
      open(directory.getParent());
    }
    make(directory, "rwxr-xr-x");
  }

  /** One for its owner alone; those above it for everybody, if they are made. */
  static void closed(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    open(directory.getParent());
    make(directory, "rwx------");
  }

  private static void make(Path directory, String mode) throws IOException {
    Files.createDirectory(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
  }
}
