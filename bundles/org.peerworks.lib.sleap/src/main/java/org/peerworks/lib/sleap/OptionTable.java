package org.peerworks.lib.sleap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The options of one verb of a program; every other option is refused by name. */
public final class OptionTable {

  /**
   * One option as it was given.
   *
   * @param values as many as {@link Option#values()}
   */
  public record Use(Option option, List<String> values) {

    public String value() {
      return values.get(0);
    }
  }

  /** The words of a command, sorted. */
  public record Parsed(List<Use> uses, List<String> positional) {

    /** The values of an option that takes one, in order. */
    public List<String> values(String name) {
      return uses.stream().filter(use -> use.option().name().equals(name)).map(Use::value).toList();
    }
  }

  private final String verb;
  private final Map<String, Option> options = new HashMap<>();

  /**
   * @param verb of the program, for messages, for example {@code sleap-nn track}
   */
  public OptionTable(String verb) {
    this.verb = verb;
  }

  /** Adds an option with one value, or none for a flag; the first name is the one passed on. */
  public OptionTable with(Option.Kind kind, String name, String... aliases) {
    return with(new Option(name, kind, kind == Option.Kind.FLAG ? 0 : 1, false), aliases);
  }

  /** Adds an option that may be given several times. */
  public OptionTable withSeveral(Option.Kind kind, int values, String name, String... aliases) {
    return with(new Option(name, kind, values, true), aliases);
  }

  private OptionTable with(Option option, String... aliases) {
    options.put(option.name(), option);
    for (String alias : aliases) {
      options.put(alias, option);
    }
    return this;
  }

  /**
   * Sorts the words of a command. {@code --option value} and {@code --option=value} are the same.
   *
   * @throws PackageException naming an option that is unknown, repeated, or has a wrong value
   */
  public Parsed parse(ScriptCommand command) throws PackageException {
    List<Use> uses = new ArrayList<>();
    List<String> positional = new ArrayList<>();
    Set<Option> seen = new HashSet<>();
    List<String> words = command.arguments();
    for (int i = 0; i < words.size(); ) {
      String word = words.get(i++);
      if (!word.startsWith("-")) {
        positional.add(word);
        continue;
      }
      int equals = word.startsWith("--") ? word.indexOf('=') : -1;
      String name = equals < 0 ? word : word.substring(0, equals);
      Option option = options.get(name);
      if (option == null) {
        throw refused(command, "does not know the option " + Shown.quoted(name));
      }
      if (!seen.add(option) && !option.repeatable()) {
        throw refused(command, "takes the option " + Shown.quoted(name) + " only once");
      }
      List<String> values = new ArrayList<>();
      if (equals >= 0) {
        values.add(word.substring(equals + 1));
      }
      while (values.size() < option.values() && i < words.size()) {
        values.add(words.get(i++));
      }
      check(command, name, option, values);
      uses.add(new Use(option, List.copyOf(values)));
    }
    return new Parsed(List.copyOf(uses), List.copyOf(positional));
  }

  private void check(ScriptCommand command, String name, Option option, List<String> values)
      throws PackageException {
    if (values.size() != option.values()) {
      throw refused(
          command,
          "wants %s for the option %s, but found %s"
              .formatted(
                  option.values() > 1 ? option.values() + " values" : option.kind().wanted(),
                  Shown.quoted(name),
                  values.isEmpty() ? "none" : Shown.quoted(String.join(" ", values))));
    }
    for (String value : values) {
      if (!option.kind().accepts(value)) {
        throw refused(
            command,
            "wants %s for the option %s, but found %s"
                .formatted(option.kind().wanted(), Shown.quoted(name), Shown.quoted(value)));
      }
    }
  }

  private PackageException refused(ScriptCommand command, String why) {
    return new PackageException(
        "Line %d of the script: this worker's '%s' %s.".formatted(command.line(), verb, why));
  }
}
