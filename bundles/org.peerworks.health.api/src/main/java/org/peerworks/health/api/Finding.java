package org.peerworks.health.api;

import java.util.Objects;

/**
 * What a check found.
 *
 * @param level how bad it is
 * @param found a sentence for people, without a full stop
 * @param mend what to do, in whole sentences; empty if nothing is to be done
 */
public record Finding(Level level, String found, String mend) {

  public Finding {
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(found, "found");
    Objects.requireNonNull(mend, "mend");
  }

  public static Finding ok(String found) {
    return new Finding(Level.OK, found, "");
  }

  public static Finding note(String found, String mend) {
    return new Finding(Level.NOTE, found, mend);
  }

  public static Finding warning(String found, String mend) {
    return new Finding(Level.WARNING, found, mend);
  }

  public static Finding error(String found, String mend) {
    return new Finding(Level.ERROR, found, mend);
  }
}
