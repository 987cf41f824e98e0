package org.peerworks.cli.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.peerworks.cli.CommandFailure;

/** Runs programs of the system; no shell reads their arguments. */
class Programs {

  private static final long PATIENCE_MINUTES = 15;

  /**
   * How a program ended.
   *
   * @param output both streams, without blanks at the ends
   */
  record Ended(int status, String output) {
    boolean well() {
      return status == 0;
    }
  }

  /**
   * Runs a program to its end.
   *
   * @throws CommandFailure if there is no such program, or it does not end within 15 minutes
   */
  Ended run(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw CommandFailure.usage("Cannot start '" + program + "': " + e.getMessage() + ".", e);
    }
    try {
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        throw CommandFailure.failed("'" + String.join(" ", command) + "' does not end.", null);
      }
      return new Ended(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * Runs a program that must end well.
   *
   * @throws CommandFailure with what it printed, if it does not
   */
  String require(String program, String... arguments) throws IOException, InterruptedException {
    Ended ended = run(program, arguments);
    if (!ended.well()) {
      throw CommandFailure.failed(
          "'"
              + program
              + " "
              + String.join(" ", arguments)
              + "' ended with status "
              + ended.status()
              + (ended.output().isEmpty() ? "." : ": " + ended.output()),
          null);
    }
    return ended.output();
  }
}
