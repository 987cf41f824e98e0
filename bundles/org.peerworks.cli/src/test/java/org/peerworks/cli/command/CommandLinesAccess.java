package org.peerworks.cli.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

/** Command lines that are typed in another directory, for tests. */
public final class CommandLinesAccess {

  private CommandLinesAccess() {}

  public static Parsed parse(Path directory, String... words) {
    return new CommandLines(
            new Surroundings(
                "peerworks",
                "1.2.3",
                Map.of(),
                directory,
                directory,
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter())))
        .read(words);
  }
}
