package org.peerworks.itests.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A terminal with a person who types when something is to be read. */
public final class Terminal {

  private static final String PROGRAM = "at_a_terminal.py";

  private final Lab lab;
  private final Path directory;
  private final Path program;

  /**
   * @param directory for what it needs
   */
  public Terminal(Lab lab, Path directory) throws IOException {
    this.lab = lab;
    this.directory = directory;
    this.program = directory.resolve(PROGRAM);
    try (InputStream in = Terminal.class.getResourceAsStream(PROGRAM)) {
      Files.copy(in, program);
    }
  }

  /**
   * Runs a command as somebody who has the client installed.
   *
   * @param steps pairs of what is read and what is typed then, as words of a shell
   */
  public Running run(String steps, String command) throws IOException {
    Path script = Files.writeString(Files.createTempFile(directory, "typed", ".sh"), command);
    return lab.bash("python3 '%s' %s -- sh '%s'".formatted(program, steps, script));
  }
}
