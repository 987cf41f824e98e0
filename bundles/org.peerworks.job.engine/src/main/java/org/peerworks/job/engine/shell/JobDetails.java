package org.peerworks.job.engine.shell;

import java.util.stream.Collectors;
import org.peerworks.job.api.Job;

/** All that there is to know about a job. */
public record JobDetails(
    String id,
    String type,
    String typeVersion,
    String state,
    String reason,
    String place,
    int priority,
    String ownerName,
    String ownerId,
    String submitted,
    String started,
    String ended,
    String parameters,
    String result,
    String outputs) {

  static JobDetails of(Job job) {
    return new JobDetails(
        job.id(),
        job.type(),
        job.typeVersion(),
        job.state().name(),
        job.reason(),
        job.queuePosition() == 0 ? "" : Integer.toString(job.queuePosition()),
        job.priority(),
        job.ownerName(),
        job.ownerId(),
        job.submitted().toString(),
        job.started().map(Object::toString).orElse(""),
        job.ended().map(Object::toString).orElse(""),
        job.parameters(),
        job.document().orElse(""),
        job.outputs().stream()
            .map(output -> output.name() + " (" + output.size() + " bytes)")
            .collect(Collectors.joining(", ")));
  }
}
