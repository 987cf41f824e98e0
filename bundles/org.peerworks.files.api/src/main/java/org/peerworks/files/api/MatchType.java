package org.peerworks.files.api;

/** How a name fits a pattern, best first. The wire names are these in lower case. */
public enum MatchType {
  /** Equal, without regard to case: 100 points. */
  EXACT,
  /** Fits the wildcards: 50 points. */
  WILDCARD,
  /** Contains the pattern: 25 points. */
  SUBSTRING,
  /** Spelled nearly like it: at most 20 points, fewer the more letters differ. */
  FUZZY
}
