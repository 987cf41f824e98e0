package org.peerworks.cli.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the program keeps what it must remember. */
final class DataOption {

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      order = 90,
      description =
          "Where keys and state are kept. Default: PEERWORKS_DATA, else in the user's home.")
  private Path directory;

  Path resolve(Surroundings surroundings) {
    return surroundings.dataDirectory(directory);
  }
}
