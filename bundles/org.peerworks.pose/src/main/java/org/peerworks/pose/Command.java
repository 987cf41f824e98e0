package org.peerworks.pose;

import java.io.IOException;
import java.util.List;

/** What the program can be told to do. */
@FunctionalInterface
public interface Command {

  /**
   * Runs to the end.
   *
   * @param arguments what followed the command's name
   * @param interruption says when to end before all is done
   * @throws UserError if the caller can mend it
   * @throws IOException if a file cannot be read or written
   */
  void run(List<String> arguments, Console console, Interruption interruption)
      throws UserError, IOException;
}
