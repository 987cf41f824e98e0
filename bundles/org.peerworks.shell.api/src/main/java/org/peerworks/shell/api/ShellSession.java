package org.peerworks.shell.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A user's session. One line at a time; other methods may be called from any thread. */
@ProviderType
public interface ShellSession extends AutoCloseable {

  /** The command did what it says. */
  int DONE = 0;

  /** The command ended with an error, which was printed. */
  int FAILED = 1;

  /** There is no such command, or the line cannot be read. */
  int USAGE = 2;

  /** The user may not do that. */
  int REFUSED = 4;

  /** It was interrupted. */
  int INTERRUPTED = 130;

  /**
   * Runs a line on the caller's thread, and prints what it returns. An interrupt asks the command
   * to end.
   *
   * <p>For all but administrators a line is a command with its scope, and its arguments as they
   * stand, where quotes and backslashes mean what they do elsewhere; there are no variables, pipes,
   * closures or calls of methods. Administrators may use all of Gogo's language.
   *
   * @param line empty, or a comment, for nothing
   * @return exit status, one of the constants
   */
  int run(String line);

  /**
   * What can stand at the end of a text, of what the user may do.
   *
   * @param words of the line; the last one is not finished, and may be empty
   */
  List<Suggestion> complete(List<String> words);

  /** Says how wide tables may be: columns, 40 or more. */
  void width(int columns);

  /** Ends the session; a command that still runs is not interrupted by this. */
  @Override
  void close();

  /**
   * What a word may become.
   *
   * @param word the whole word
   * @param description what it is; may be empty
   */
  record Suggestion(String word, String description) {}
}
