package org.peerworks.doctor;

import java.util.Locale;

/** How bad a finding is. */
public enum Level {
  OK,
  /** Worth knowing; nothing is to be done. */
  NOTE,
  /** Works for now, or not for everybody. */
  WARNING,
  /** Does not work. */
  ERROR;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
