package org.peerworks.shell.config;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One key of a configuration, as the metatype describes it.
 *
 * @param type as the metatype names it
 * @param min least value; empty for that of the type
 * @param max greatest value; empty for that of the type
 * @param options the only values that it may have; empty for any
 */
record Setting(
    String key,
    String type,
    boolean list,
    String min,
    String max,
    String standard,
    String description,
    List<String> options) {

  /** Whether its value is nobody's business. */
  boolean secret() {
    String name = key.toLowerCase(Locale.ROOT);
    return type.equals("Password")
        || description.toLowerCase(Locale.ROOT).contains("secret")
        || name.equals("key")
        || name.matches(".*(password|secret|token|credential)");
  }

  /**
   * What is wrong with a value.
   *
   * @return what is wanted; empty if the value is good
   */
  Optional<String> wanted(String value) {
    if (!options.isEmpty() && !options.contains(value)) {
      return Optional.of("one of " + options);
    }
    boolean good =
        list
            || switch (type) {
              case "Integer" -> isWhole(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
              case "Long" -> isWhole(value, Long.MIN_VALUE, Long.MAX_VALUE);
              case "Short" -> isWhole(value, Short.MIN_VALUE, Short.MAX_VALUE);
              case "Byte" -> isWhole(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
              case "Double", "Float" -> value.matches("[+-]?\\d{1,30}(\\.\\d{1,30})?");
              case "Boolean" -> value.equals("true") || value.equals("false");
              default -> true;
            };
    return good ? Optional.empty() : Optional.of(range());
  }

  private boolean isWhole(String value, long least, long most) {
    if (!value.matches("[+-]?\\d{1,30}")) {
      return false;
    }
    BigInteger number = new BigInteger(value);
    BigInteger lowest = min.isEmpty() ? BigInteger.valueOf(least) : new BigInteger(min);
    BigInteger highest = max.isEmpty() ? BigInteger.valueOf(most) : new BigInteger(max);
    return number.compareTo(lowest) >= 0 && number.compareTo(highest) <= 0;
  }

  /** Type and range for people. */
  String range() {
    if (!options.isEmpty()) {
      return String.join(" | ", options);
    }
    return switch (type) {
      case "Boolean" -> "true | false";
      case "Double", "Float" -> "a number";
      case "Integer", "Long", "Short", "Byte" ->
          "a whole number" + (min.isEmpty() || max.isEmpty() ? "" : " from " + min + " to " + max);
      default -> "text";
    };
  }
}
