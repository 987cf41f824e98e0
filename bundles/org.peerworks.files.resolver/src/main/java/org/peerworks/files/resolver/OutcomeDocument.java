package org.peerworks.files.resolver;

import java.util.List;
import org.peerworks.files.api.SearchOutcome;

/** {@code files:resolve --json}. */
record OutcomeDocument(
    List<CandidateRow> candidates,
    boolean truncated,
    boolean timeout,
    boolean deeper,
    long searchTimeMillis,
    long seen,
    long skipped,
    List<String> unavailable) {

  static OutcomeDocument of(SearchOutcome outcome) {
    return new OutcomeDocument(
        outcome.candidates().stream().map(CandidateRow::of).toList(),
        outcome.truncated(),
        outcome.timeout(),
        outcome.deeper(),
        outcome.searchTimeMillis(),
        outcome.seen(),
        outcome.skipped(),
        outcome.unavailable());
  }
}
