package org.peerworks.job.engine.shell;

import java.time.temporal.ChronoUnit;
import org.peerworks.job.api.Job;

/** A job as the shell lists it. */
public record JobRow(
    String id,
    String type,
    String state,
    String place,
    int priority,
    String owner,
    String submitted,
    String progress) {

  static JobRow of(Job job) {
    return new JobRow(
        job.id(),
        job.type(),
        job.state().name(),
        job.queuePosition() == 0 ? "" : Integer.toString(job.queuePosition()),
        job.priority(),
        job.ownerName(),
        job.submitted().truncatedTo(ChronoUnit.SECONDS).toString(),
        job.progress()
            .map(p -> p.done() + (p.total() == 0 ? "" : "/" + p.total()) + " " + p.unit())
            .orElse(""));
  }
}
