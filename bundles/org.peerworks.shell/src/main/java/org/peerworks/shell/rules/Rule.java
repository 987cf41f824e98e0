package org.peerworks.shell.rules;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.peerworks.shell.api.Role;

/**
 * Who may use a command.
 *
 * @param command its name without the scope; {@code *} for all
 * @param arguments what all its arguments together must match; empty for any
 * @param role the least that is needed
 * @param change whether it changes something, and so goes into the audit log
 */
public record Rule(String command, Optional<Pattern> arguments, Role role, boolean change) {

  /** Of what no rule speaks: only administrators, and it counts as a change. */
  public static final Rule OTHERWISE = new Rule("*", Optional.empty(), Role.ADMINISTRATOR, true);

  boolean isFor(String function, List<String> words) {
    return (command.equals("*") || command.equals(function))
        && (arguments.isEmpty() || arguments.get().matcher(joined(words)).matches());
  }

  /** Arguments with blanks are in quotes, so that one cannot pass for two. */
  private static String joined(List<String> words) {
    return words.stream()
        .map(word -> word.isEmpty() || !word.matches("\\S+") ? "'" + word + "'" : word)
        .collect(Collectors.joining(" "));
  }
}
