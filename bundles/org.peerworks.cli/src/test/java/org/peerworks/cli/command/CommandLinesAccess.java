package org.peerworks.cli.command;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

/** Command lines that are typed in another directory, for tests. */
public final class CommandLinesAccess {

  private CommandLinesAccess() {}

  public static Parsed parse(Path directory, String... words) {
    return parse(directory, Map.of(), OutputStream.nullOutputStream(), words);
  }

  /** With variables; usage errors are printed. */
  public static Parsed parse(
      Path directory, Map<String, String> environment, OutputStream err, String... words) {
    return new CommandLines(
            new Surroundings(
                "peerworks",
                "1.2.3",
                environment,
                directory,
                directory,
                new PrintWriter(new StringWriter()),
                new PrintWriter(err, true)))
        .read(words);
  }
}
