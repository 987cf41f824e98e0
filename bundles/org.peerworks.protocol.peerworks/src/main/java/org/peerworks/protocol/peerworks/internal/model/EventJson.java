package org.peerworks.protocol.peerworks.internal.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import org.peerworks.job.api.JobEvent;
import org.peerworks.protocol.peerworks.internal.wire.Fields;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.protocol.peerworks.internal.wire.Texts;

/** Job events as JSON. */
public final class EventJson {

  private EventJson() {}

  public static ObjectNode write(JobEvent event) {
    ObjectNode json =
        Json.object()
            .put("number", event.number())
            .put("jobId", event.jobId())
            .put("time", event.time().toString());
    if (event instanceof JobEvent.StateChanged changed) {
      return json.put("kind", "state")
          .put("state", changed.state().name())
          .put("reason", changed.reason());
    }
    if (event instanceof JobEvent.QueueMoved moved) {
      return json.put("kind", "queue").put("position", moved.position());
    }
    JobEvent.Progressed progressed = (JobEvent.Progressed) event;
    json.put("kind", "progress").set("progress", JobJson.write(progressed.progress()));
    return json;
  }

  /**
   * @return empty for a kind that a later version added
   */
  public static Optional<JobEvent> read(Fields json) {
    long number = json.number("number", 1, Long.MAX_VALUE);
    String jobId = JobJson.jobId(json.text("jobId", 100));
    Instant time = JobJson.time(json, "time");
    return Optional.ofNullable(
        switch (json.text("kind", 40)) {
          case "state" ->
              new JobEvent.StateChanged(
                  number,
                  jobId,
                  time,
                  JobJson.state(json),
                  Texts.clean(json.text("reason", 20_000), 20_000));
          case "queue" ->
              new JobEvent.QueueMoved(
                  number, jobId, time, (int) json.number("position", 0, Integer.MAX_VALUE));
          case "progress" ->
              new JobEvent.Progressed(
                  number, jobId, time, JobJson.progress(json.object("progress")));
          default -> null;
        });
  }
}
