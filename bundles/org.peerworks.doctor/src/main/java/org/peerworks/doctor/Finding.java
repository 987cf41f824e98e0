package org.peerworks.doctor;

/**
 * What a check found.
 *
 * @param found a sentence for people, without a full stop
 * @param mend what to do; empty if nothing is to be done
 */
public record Finding(Level level, String found, String mend) {

  public Finding {
    if (mend.isEmpty() && (level == Level.WARNING || level == Level.ERROR)) {
      throw new IllegalArgumentException("What is wrong needs words on how to mend it: " + found);
    }
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
