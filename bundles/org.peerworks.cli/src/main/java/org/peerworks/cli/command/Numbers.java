package org.peerworks.cli.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Whole numbers within bounds. */
final class Numbers {

  private Numbers() {}

  static int between(String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw refusal(value, least, most);
    }
    throw refusal(value, least, most);
  }

  private static TypeConversionException refusal(String value, int least, int most) {
    return new TypeConversionException(
        String.format("'%s' is no number from %d to %d.", value, least, most));
  }

  /** A TCP port. */
  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return between(value, 1, 65535);
    }
  }

  /** How many jobs to list. */
  static final class Limit implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return between(value, 1, 1_000_000);
    }
  }
}
