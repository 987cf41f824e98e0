package org.peerworks.cli.service;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which files processes of this machine run. */
final class RunningPrograms {

  private RunningPrograms() {}

  /** The program of each process that this user may look at. */
  static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
      for (Path process : processes) {
        add(process, files);
      }
    }
    return files;
  }

  private static void add(Path process, List<Path> files) {
    try {
      files.add(Files.readSymbolicLink(process.resolve("exe")));
    } catch (IOException e) {
      // It has ended, or is somebody else's.
      return;
    }
  }
}
