package org.peerworks.files.api;

import java.util.List;

/**
 * What a search has found.
 *
 * @param candidates at most 20, highest score first, equal ones by path
 * @param truncated whether more files matched than are told
 * @param timeout whether the search ended before all was seen, because its time was up
 * @param deeper whether there are directories that were not looked into because they lie too deep
 * @param searchTimeMillis measured, from the call to the end
 * @param seen files and directories looked at
 * @param skipped directories and files that could not be read
 * @param unavailable labels of mounts that did not answer, or only in part
 */
public record SearchOutcome(
    List<Candidate> candidates,
    boolean truncated,
    boolean timeout,
    boolean deeper,
    long searchTimeMillis,
    long seen,
    long skipped,
    List<String> unavailable) {

  public SearchOutcome {
    candidates = List.copyOf(candidates);
    unavailable = List.copyOf(unavailable);
  }
}
