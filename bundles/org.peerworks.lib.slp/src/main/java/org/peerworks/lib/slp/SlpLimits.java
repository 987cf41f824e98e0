package org.peerworks.lib.slp;

import java.time.Duration;

/**
 * How much of a file is read before it is given up. That nothing is allocated which the file is too
 * short to hold goes without saying.
 *
 * @param maxBytes length of the file
 * @param maxTime of each call; a file can be made so that it is read for ever
 */
public record SlpLimits(long maxBytes, Duration maxTime) {

  /** System property: most bytes of a file. */
  public static final String MAX_BYTES = "peerworks.maxLabelBytes";

  /** System property: most seconds of each call. */
  public static final String MAX_SECONDS = "peerworks.maxLabelSeconds";

  /** 64 GiB, and two minutes. */
  public static final SlpLimits DEFAULT = new SlpLimits(64L << 30, Duration.ofMinutes(2));

  public SlpLimits {
    if (maxBytes < 1 || maxTime.isNegative() || maxTime.isZero()) {
      throw new IllegalArgumentException(
          "Limits of a label file are 1 or more; found %d bytes, %s.".formatted(maxBytes, maxTime));
    }
  }

  /**
   * The limits that the system properties of this process tell, else the default.
   *
   * @throws IllegalArgumentException naming a property that is no number from 1 on
   */
  public static SlpLimits configured() {
    return new SlpLimits(
        property(MAX_BYTES, DEFAULT.maxBytes),
        Duration.ofSeconds(property(MAX_SECONDS, DEFAULT.maxTime.toSeconds())));
  }

  private static long property(String name, long otherwise) {
    String given = System.getProperty(name);
    try {
      long value = given == null ? otherwise : Long.parseLong(given);
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below together with a number out of range.
    }
    throw new IllegalArgumentException(
        "The system property '%s' has to be a whole number from 1 on, but is '%s'."
            .formatted(name, given));
  }
}
