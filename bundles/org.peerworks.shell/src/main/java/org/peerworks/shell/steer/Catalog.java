package org.peerworks.shell.steer;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;

/** The commands that there are now, by scope and name. */
final class Catalog {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_.-]*:[a-z][a-z0-9_.-]*");

  private final CommandSession session;

  Catalog(CommandSession session) {
    this.session = session;
  }

  /** All names, {@code scope:command}, in order. */
  List<String> names() {
    return session.get(".commands") instanceof Set<?> names
        ? names.stream()
            .map(Object::toString)
            .filter(name -> NAME.matcher(name).matches() && find(name).isPresent())
            .sorted()
            .toList()
        : List.of();
  }

  /**
   * The command of a name.
   *
   * @param name as {@link #normal} gives it; nothing else can be reached by it
   */
  Optional<Function> find(String name) {
    return NAME.matcher(name).matches()
            && session.get(".commands") instanceof Set<?> names
            && names.contains(name)
            && session.get(name) instanceof Function function
        ? Optional.of(function)
        : Optional.empty();
  }

  static String normal(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  static String scope(String name) {
    return name.substring(0, name.indexOf(':'));
  }

  static String function(String name) {
    return name.substring(name.indexOf(':') + 1);
  }

  /** Of some names the one that is written most like a word. */
  static Optional<String> nearest(String word, List<String> names) {
    return names.stream()
        .filter(name -> function(name).equals(word))
        .findFirst()
        .or(
            () ->
                names.stream()
                    .filter(name -> Likeness.distance(word, name) <= Math.max(2, word.length() / 3))
                    .min(Comparator.comparingInt(name -> Likeness.distance(word, name))));
  }
}
