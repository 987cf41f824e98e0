package org.peerworks.pose;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs the program in this process and keeps what it said. */
public final class Program {

  private final Interruption interruption = new Interruption();
  private String out = "";
  private String err = "";

  /** Runs one command and returns its exit status. */
  public int run(List<String> arguments) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int status =
        Main.run(
            arguments,
            new PrintStream(output, true, StandardCharsets.UTF_8),
            new PrintStream(errors, true, StandardCharsets.UTF_8),
            interruption);
    out = output.toString(StandardCharsets.UTF_8);
    err = errors.toString(StandardCharsets.UTF_8);
    return status;
  }

  public int run(String... arguments) {
    return run(List.of(arguments));
  }

  /** Does what SIGTERM does, for all commands from now on. */
  public void interrupt() {
    interruption.request();
  }

  public String out() {
    return out;
  }

  public String err() {
    return err;
  }
}
