package org.peerworks.lib.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes {@code ~/.sleap-rtc} for its owner alone. */
final class UserFolder {

  private UserFolder() {}

  static void make(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      Files.createDirectories(directory.getParent());
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }
}
