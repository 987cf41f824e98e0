package org.peerworks.pose.options;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peerworks.pose.UserError;

/** The options that were given, and what else stood on the command line. */
public final class Options {

  private final String command;
  private final Map<String, List<String>> values;
  private final List<String> rest;

  Options(String command, Map<String, List<String>> values, List<String> rest) {
    this.command = command;
    this.values = values;
    this.rest = rest;
  }

  /** Arguments that are no options. */
  public List<String> rest() {
    return rest;
  }

  /** Refuses arguments that are no options. */
  public Options withoutRest() throws UserError {
    if (!rest.isEmpty()) {
      throw UserError.usage("'%s' does not know what to do with '%s'.", command, rest.get(0));
    }
    return this;
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** The value; the last one if it was given several times. */
  public Optional<String> one(String name) {
    List<String> given = all(name);
    return given.isEmpty() ? Optional.empty() : Optional.of(given.get(given.size() - 1));
  }

  public String required(String name) throws UserError {
    return one(name)
        .orElseThrow(() -> UserError.usage("'%s' needs the option '%s'.", command, name));
  }

  public int integer(String name, int otherwise, int least, int most) throws UserError {
    if (!has(name)) {
      return otherwise;
    }
    String given = required(name);
    try {
      int value = Integer.parseInt(given);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below together with a number out of range.
    }
    throw UserError.usage(
        "The option '%s' has to be a whole number from %d to %d, but is '%s'.",
        name, least, most, given);
  }

  public double real(String name, double otherwise, double least, double most) throws UserError {
    if (!has(name)) {
      return otherwise;
    }
    String given = required(name);
    try {
      double value = Double.parseDouble(given);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below together with a number out of range.
    }
    throw UserError.usage(
        "The option '%s' has to be a number from %s to %s, but is '%s'.", name, least, most, given);
  }
}
