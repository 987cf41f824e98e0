package org.peerworks.cli.command;

import java.math.BigDecimal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers within bounds, as they are typed. */
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

  /** How often all images are seen. */
  static final class Epochs implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return between(value, 1, 10_000);
    }
  }

  /** How many to train on at once. */
  static final class Batch implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return between(value, 1, 256);
    }
  }

  /** How fast to learn. */
  static final class Rate implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
      try {
        double rate = Double.parseDouble(value);
        if (rate >= 1e-10 && rate <= 1) {
          return rate;
        }
      } catch (NumberFormatException e) {
        throw refusal(value);
      }
      throw refusal(value);
    }

    private static TypeConversionException refusal(String value) {
      return new TypeConversionException("'" + value + "' is no number from 1e-10 to 1.");
    }
  }

  /** A decimal number from 0 to 1, as typed. */
  static final class Fraction implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      if (value.matches("[0-9]{0,9}\\.?[0-9]{1,15}")
          && new BigDecimal(value).compareTo(BigDecimal.ONE) <= 0) {
        return new BigDecimal(value).toPlainString();
      }
      throw new TypeConversionException("'" + value + "' is no number from 0 to 1.");
    }
  }

  /** Which of several, from 0 on. */
  static final class Index implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return between(value, 0, 1_000_000);
    }
  }

  /** How many. */
  static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return between(value, 1, 10_000);
    }
  }

  /** How many frames to track at once. */
  static final class LargeBatch implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return between(value, 1, 4096);
    }
  }
}
