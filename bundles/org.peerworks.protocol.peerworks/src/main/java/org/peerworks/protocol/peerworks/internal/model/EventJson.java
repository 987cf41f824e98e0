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

  /** Longest report of a job's program, and message to it, in characters. */
  public static final int LONGEST_REPORT = 16 << 10;

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
    if (event instanceof JobEvent.Reported reported) {
      return json.put("kind", "report").put("report", reported.json());
    }
    JobEvent.Progressed progressed = (JobEvent.Progressed) event;
    json.put("kind", "progress").set("progress", JobJson.write(progressed.progress()));
    return json;
  }

  /**
   * @return empty for a kind that a later version added, and for a report that is no JSON object
   */
  public static Optional<JobEvent> read(Fields json) {
    String kind = json.text("kind", 40);
    long number = json.number("number", kind.equals("report") ? 0 : 1, Long.MAX_VALUE);
    String jobId = JobJson.jobId(json.text("jobId", 100));
    Instant time = JobJson.time(json, "time");
    return Optional.ofNullable(
        switch (kind) {
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
          case "report" ->
              report(json)
                  .map(report -> new JobEvent.Reported(number, jobId, time, report))
                  .orElse(null);
          default -> null;
        });
  }

  /** What a job's program said comes from who wrote its input; empty if it is not as agreed. */
  private static Optional<String> report(Fields json) {
    String report = json.text("report", LONGEST_REPORT);
    return Json.isObject(report) ? Optional.of(report) : Optional.empty();
  }
}
