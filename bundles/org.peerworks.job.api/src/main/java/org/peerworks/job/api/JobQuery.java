package org.peerworks.job.api;

import java.util.Objects;
import java.util.Set;

/**
 * Which jobs to list; newest first.
 *
 * @param states only these; empty for all
 * @param onlyMine only the caller's own
 * @param before {@link JobPage#next()} of the page before this one; empty for the first page
 * @param limit most jobs on the page, 1 to 1000
 */
public record JobQuery(Set<JobState> states, boolean onlyMine, String before, int limit) {

  public JobQuery {
    states = Set.copyOf(states);
    Objects.requireNonNull(before, "before");
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("A page holds 1 to 1000 jobs, but was " + limit + ".");
    }
  }

  public static JobQuery newest(int limit) {
    return new JobQuery(Set.of(), false, "", limit);
  }
}
