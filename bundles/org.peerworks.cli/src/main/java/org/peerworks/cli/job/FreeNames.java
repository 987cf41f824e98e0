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

  /** A file that is not there: {@code name.ending}, else {@code name_2.ending}, … */
  public static Path freeFile(Path directory, String name) {
    int dot = name.lastIndexOf('.');
    String stem = dot <= 0 ? name : name.substring(0, dot);
    String ending = dot <= 0 ? "" : name.substring(dot);
    Path file = directory.resolve(name);
    for (int number = 2; Files.exists(file) && number <= MOST; number++) {
      file = directory.resolve(stem + "_" + number + ending);
    }
    return file;
  }
}
