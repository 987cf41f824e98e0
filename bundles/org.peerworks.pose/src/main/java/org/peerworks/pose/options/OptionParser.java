package org.peerworks.pose.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.peerworks.pose.UserError;

/**
 * Understands a command line the way sleap-nn's does: {@code --name value}, {@code --name=value},
 * {@code -n value}; hyphens and underscores in names are the same.
 */
public final class OptionParser {

  private enum Arity {
    FLAG,
    VALUE
  }

  private record Option(String name, Arity arity) {}

  private final String command;
  private final Map<String, Option> options = new LinkedHashMap<>();
  private final Map<String, String> refused = new LinkedHashMap<>();

  public OptionParser(String command) {
    this.command = command;
  }

  /**
   * An option with a value, which may be given several times; its first name is the one to ask for.
   */
  public OptionParser value(String... names) {
    return add(Arity.VALUE, names);
  }

  /** An option without a value. */
  public OptionParser flag(String... names) {
    return add(Arity.FLAG, names);
  }

  /** An option of sleap-nn that is not served here. */
  public OptionParser refuse(String reason, String... names) {
    for (String name : names) {
      refused.put(normal(name), reason);
    }
    return this;
  }

  private OptionParser add(Arity arity, String... names) {
    Option option = new Option(normal(names[0]), arity);
    for (String name : names) {
      options.put(normal(name), option);
    }
    return this;
  }

  private static String normal(String name) {
    return name.startsWith("--") ? "--" + name.substring(2).replace('-', '_') : name;
  }

  /**
   * Takes a command line apart.
   *
   * @throws UserError naming an option that is unknown, not served, or lacks its value
   */
  public Options parse(List<String> arguments) throws UserError {
    Map<String, List<String>> values = new LinkedHashMap<>();
    List<String> rest = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("-") || argument.length() < 2) {
        rest.add(argument);
        continue;
      }
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      Option option = option(equals < 0 ? argument : argument.substring(0, equals));
      List<String> given = values.computeIfAbsent(option.name(), name -> new ArrayList<>());
      if (option.arity() == Arity.FLAG) {
        if (equals >= 0) {
          throw UserError.usage("The option '%s' takes no value.", argument.substring(0, equals));
        }
        given.add("");
      } else if (equals >= 0) {
        given.add(argument.substring(equals + 1));
      } else if (++i < arguments.size()) {
        given.add(arguments.get(i));
      } else {
        throw UserError.usage("The option '%s' of '%s' lacks its value.", argument, command);
      }
    }
    return new Options(command, values, rest);
  }

  private Option option(String given) throws UserError {
    String name = normal(given);
    if (refused.containsKey(name)) {
      throw UserError.usage(
          "The option '%s' is not served by the built-in trainer: %s.", given, refused.get(name));
    }
    Option option = options.get(name);
    if (option == null) {
      throw UserError.usage(
          "The option '%s' is not known to '%s' of the built-in trainer. Known are: %s.",
          given, command, String.join(", ", options.keySet()));
    }
    return option;
  }
}
