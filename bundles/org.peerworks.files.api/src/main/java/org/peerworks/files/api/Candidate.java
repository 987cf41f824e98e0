package org.peerworks.files.api;

import java.util.Objects;

/**
 * A file that may be the one that is looked for.
 *
 * @param file what it is
 * @param mount label of the mount that it lies in
 * @param matchType how its name fits
 * @param score points: those of the match type, 20 more for equal size and 10 for one within 10 %
 *     (2 and 1 for {@code FUZZY}, which stays below 25), 0.1 less for each separator in the path
 */
public record Candidate(FileEntry file, String mount, MatchType matchType, double score) {

  public Candidate {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(mount, "mount");
    Objects.requireNonNull(matchType, "matchType");
  }
}
