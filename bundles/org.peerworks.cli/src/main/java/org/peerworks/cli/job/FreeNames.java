package org.peerworks.cli.job;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Names that are still free. */
public final class FreeNames {

  private static final int MOST = 10_000;

  private FreeNames() {}

  /**
   * Makes a folder that was not there: {@code name}, else {@code name_2}, {@code name_3}, …
   *
   * @return the folder, empty
   */
  public static Path claimFolder(Path directory, String name) throws IOException {
    Files.createDirectories(directory);
    for (int number = 1; number <= MOST; number++) {
      try {
        return Files.createDirectory(directory.resolve(number == 1 ? name : name + "_" + number));
      } catch (FileAlreadyExistsException e) {
        if (number == MOST) {
          throw e;
        }
      }
    }
    throw new IllegalStateException("Unreachable: the last name was taken or free.");
  }
}
