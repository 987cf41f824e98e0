package org.peerworks.launcher;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One key of a configuration, and what its value must be.
 *
 * @param type as the metatype names it
 * @param min least value; null for that of the type
 * @param max greatest value; null for that of the type
 */
record Setting(String key, String type, boolean list, String min, String max, String standard) {

  static Setting of(UnaryOperator<String> attribute) {
    String cardinality = attribute.apply("cardinality");
    return new Setting(
        attribute.apply("id"),
        attribute.apply("type"),
        cardinality != null && !cardinality.equals("0"),
        attribute.apply("min"),
        attribute.apply("max"),
        attribute.apply("default"));
  }

  /**
   * What is wrong with a value.
   *
   * @return what is wanted; empty if the value is good
   */
  Optional<String> wanted(String value) {
    if (list || value.isEmpty() && type.equals("String")) {
      return Optional.empty();
    }
    boolean good =
        switch (type) {
          case "Integer" -> isWhole(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
          case "Long" -> isWhole(value, Long.MIN_VALUE, Long.MAX_VALUE);
          case "Short" -> isWhole(value, Short.MIN_VALUE, Short.MAX_VALUE);
          case "Byte" -> isWhole(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
          case "Double", "Float" -> isNumber(value);
          case "Boolean" -> value.equals("true") || value.equals("false");
          default -> true;
        };
    return good ? Optional.empty() : Optional.of(description());
  }

  private boolean isWhole(String value, long least, long most) {
    if (!value.matches("[+-]?[0-9]{1,30}")) {
      return false;
    }
    BigInteger number = new BigInteger(value);
    BigInteger lowest = min == null ? BigInteger.valueOf(least) : new BigInteger(min);
    BigInteger highest = max == null ? BigInteger.valueOf(most) : new BigInteger(max);
    return number.compareTo(lowest) >= 0 && number.compareTo(highest) <= 0;
  }

  private boolean isNumber(String value) {
    try {
      BigDecimal number = new BigDecimal(value);
      return (min == null || number.compareTo(new BigDecimal(min)) >= 0)
          && (max == null || number.compareTo(new BigDecimal(max)) <= 0);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private String description() {
    String kind =
        switch (type) {
          case "Boolean" -> "'true' or 'false'";
          case "Double", "Float" -> "a number";
          default -> "a whole number";
        };
    if (min != null && max != null) {
      kind += " from " + min + " to " + max;
    } else if (min != null) {
      kind += ", " + min + " or more";
    } else if (max != null) {
      kind += ", " + max + " at most";
    } else if (kind.equals("a whole number")) {
      kind += type.equals("Long") ? " of 64 bits" : " of 32 bits";
    }
    return kind + (standard == null || standard.isEmpty() ? "" : ", such as " + standard);
  }
}
