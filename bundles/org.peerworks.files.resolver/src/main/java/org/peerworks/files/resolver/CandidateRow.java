package org.peerworks.files.resolver;

import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.peerworks.files.api.Candidate;

/**
 * A line of {@code files:resolve}, and of its JSON.
 *
 * @param match {@code exact}, {@code wildcard}, {@code substring} or {@code fuzzy}
 * @param score points, rounded to one decimal
 * @param size in bytes
 * @param modified ISO 8601, UTC
 */
public record CandidateRow(
    String path, String mount, String match, double score, long size, String modified) {

  static CandidateRow of(Candidate candidate) {
    return new CandidateRow(
        candidate.file().path(),
        candidate.mount(),
        candidate.matchType().name().toLowerCase(Locale.ROOT),
        Math.round(candidate.score() * 10) / 10.0,
        candidate.file().size(),
        candidate.file().modified().truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
