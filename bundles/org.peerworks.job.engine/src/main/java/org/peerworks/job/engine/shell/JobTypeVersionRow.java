package org.peerworks.job.engine.shell;

import org.peerworks.job.api.JobTypeVersion;

/** A version of a job type as the shell lists it. */
public record JobTypeVersionRow(
    String type,
    String version,
    String state,
    int share,
    int running,
    int queued,
    int ended,
    int failed,
    long bundle,
    String reason) {

  static JobTypeVersionRow of(JobTypeVersion one) {
    return new JobTypeVersionRow(
        one.type(),
        one.version(),
        one.state().name(),
        one.share(),
        one.running(),
        one.queued(),
        one.ended(),
        one.failed(),
        one.bundleId(),
        one.reason());
  }
}
