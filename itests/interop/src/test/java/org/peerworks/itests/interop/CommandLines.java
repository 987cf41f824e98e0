package org.peerworks.itests.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How the programs were started that run on this machine, as everybody on it can see. */
final class CommandLines {

  private CommandLines() {}

  /** Those that hold a text. */
  static List<String> with(String text) {
    return ProcessHandle.allProcesses()
        .map(CommandLines::of)
        .filter(line -> line.contains(text))
        .toList();
  }

  private static String of(ProcessHandle process) {
    try {
      byte[] words = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/cmdline"));
      return new String(words, StandardCharsets.UTF_8).replace('\0', ' ');
    } catch (IOException e) {
      return ""; // it has ended
    }
  }
}
