package org.peerworks.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** What is wrong with a local file, for people. */
final class FileTrouble {

  private FileTrouble() {}

  static String explained(IOException failure) {
    if (failure instanceof FileSystemException onFile) {
      String reason =
          onFile.getReason() == null ? onFile.getClass().getSimpleName() : onFile.getReason();
      return "Cannot use '" + onFile.getFile() + "': " + reason + ".";
    }
    return String.valueOf(failure.getMessage());
  }
}
