package org.peerworks.job.api;

import java.util.List;

/**
 * A page of a list.
 *
 * @param jobs newest first
 * @param next for {@link JobQuery#before()} of the next page; empty after the last
 */
public record JobPage(List<Job> jobs, String next) {

  public JobPage {
    jobs = List.copyOf(jobs);
  }
}
