package org.peerworks.lib.sleap;

/**
 * An option that a program knows.
 *
 * @param name as it is passed on, for example {@code --batch_size}
 * @param kind what its values must be
 * @param values how many values it takes; 0 for a flag
 * @param repeatable whether it may be given more than once
 */
public record Option(String name, Kind kind, int values, boolean repeatable) {

  /** What a value must be. */
  public enum Kind {
    /** No value. */
    FLAG("no value", ""),
    /** A whole number. */
    INTEGER("a whole number", "[+-]?[0-9]{1,18}"),
    /** A number, as Python reads it. */
    DECIMAL("a number", "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?"),
    /** Letters, digits, and what names and ranges are made of. */
    WORD("a word", "[\\p{L}\\p{N}_.,:+-][\\p{L}\\p{N}_.,:+ -]*"),
    /** Text that the caller judges, for example a path. */
    TEXT("a value", "(?s:.+)");

    private final String wanted;
    private final String pattern;

    Kind(String wanted, String pattern) {
      this.wanted = wanted;
      this.pattern = pattern;
    }

    String wanted() {
      return wanted;
    }

    boolean accepts(String value) {
      return value.matches(pattern) && (!value.startsWith("-") || isNumber());
    }

    private boolean isNumber() {
      return this == INTEGER || this == DECIMAL;
    }
  }
}
