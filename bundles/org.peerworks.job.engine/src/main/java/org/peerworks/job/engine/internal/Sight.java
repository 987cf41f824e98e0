package org.peerworks.job.engine.internal;

import java.util.List;
import java.util.Optional;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobEvent;
import org.peerworks.job.api.JobOutput;

/** What one caller may see. */
record Sight(Caller caller) {

  boolean owns(String ownerId) {
    return caller.operator() || caller.id().equals(ownerId);
  }

  /** A stored job with what memory knows of it; for strangers, without what is its owner's. */
  Job of(StoredJob job, Scheduler.Now now, List<JobOutput> outputs) {
    boolean mine = owns(job.ownerId());
    String reason = job.reason().isEmpty() ? now.reason() : job.reason();
    return new Job(
        job.id(),
        job.type(),
        job.version(),
        job.state(),
        mine ? reason : "",
        job.ownerId(),
        job.ownerName(),
        job.priority(),
        now.position(),
        mine ? job.parameters() : "{}",
        job.submitted(),
        job.started(),
        job.ended(),
        mine ? now.progress() : Optional.empty(),
        mine ? job.document() : Optional.empty(),
        mine ? outputs : List.of());
  }

  /** Strangers learn states and places, no reasons and no progress. */
  Optional<JobEvent> of(StoredEvent stored) {
    if (owns(stored.ownerId())) {
      return Optional.of(stored.event());
    }
    if (stored.event() instanceof JobEvent.StateChanged change) {
      return Optional.of(
          new JobEvent.StateChanged(
              change.number(), change.jobId(), change.time(), change.state(), ""));
    }
    return stored.event() instanceof JobEvent.QueueMoved
        ? Optional.of(stored.event())
        : Optional.empty();
  }
}
