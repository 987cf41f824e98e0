package org.peerworks.health.api;

/** How bad a finding is; each is worse than the one before it. */
public enum Level {
  /** As it should be. */
  OK,
  /** Worth knowing; nothing is to be done. */
  NOTE,
  /** Works for now, or not for everybody: somebody should look at it this week. */
  WARNING,
  /** Does not work: somebody should look at it now. A machine should send no work here. */
  ERROR
}
