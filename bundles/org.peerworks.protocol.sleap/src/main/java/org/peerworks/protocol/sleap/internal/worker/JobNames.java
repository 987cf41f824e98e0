package org.peerworks.protocol.sleap.internal.worker;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.peerworks.job.api.Job;
import org.peerworks.protocol.sleap.internal.wire.JobReply;
import org.peerworks.protocol.sleap.internal.wire.Texts;

/**
 * How a structured job is called by its client, and by us towards it (§2.6).
 *
 * @param clientId as the client gave it
 * @param jobId {@code job_} and 8 hexadecimal digits
 */
record JobNames(String clientId, String jobId) {

  CompletionStage<Void> accepted(Lane lane) {
    return lane.send(new JobReply.Accepted(jobId));
  }

  /** Also after it was accepted, with the field {@code internal}, as upstream does. */
  void refused(Lane lane, Refusal why) {
    lane.send(
        new JobReply.Rejected(
            clientId,
            List.of(
                new JobReply.Problem(
                    "internal", Texts.line(why.getMessage(), 4000), why.code(), ""))));
  }

  void failed(Lane lane, String type, Job job, double seconds) {
    String reason =
        job.reason().isBlank() ? "The job has ended as " + job.state() + "." : job.reason();
    lane.send(
        new JobReply.Failed(jobId, type, ExitStatus.of(reason), seconds, Texts.line(reason, 4000)));
  }
}
