package org.peerworks.protocol.sleap.internal.worker;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.peerworks.protocol.sleap.internal.wire.JobCommand;
import org.peerworks.protocol.sleap.internal.wire.JobReply;
import org.peerworks.protocol.sleap.internal.wire.Texts;
import org.peerworks.protocol.sleap.internal.wire.WireException;

/** Makes jobs of specifications (§2.6). Used by the channel's thread. */
final class StructuredIntake {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int MOST_IDS = 10_000;

  private final SessionContext context;
  private final SpecJobs specs;
  private final Set<String> ids = new HashSet<>();

  StructuredIntake(SessionContext context) {
    this.context = context;
    this.specs = new SpecJobs(context.services(), context.staging(), context.queue());
  }

  void submit(JobCommand.Submit submit) {
    if (ids.size() >= MOST_IDS || !ids.add(submit.clientId())) {
      reject(
          submit.clientId(),
          List.of(
              new JobReply.Problem("job_id", "was handed in on this connection before", "", "")));
      return;
    }
    JobSpec spec;
    try {
      spec = specs.check(submit.spec());
    } catch (SpecException e) {
      context.lane().note("handed in a job that was rejected: " + e.getMessage());
      reject(submit.clientId(), e.problems());
      return;
    }
    JobNames names = new JobNames(submit.clientId(), newId());
    specs.submit(spec, context::jobs, story(spec, names));
  }

  private Story story(JobSpec spec, JobNames names) {
    return spec.type().equals("track")
        ? new StructuredTrackStory(context.lane(), context.results(), names, spec.outputPath())
        : new StructuredTrainStory(context.lane(), context.results(), names, spec.models());
  }

  private static String newId() {
    byte[] random = new byte[4];
    RANDOM.nextBytes(random);
    return "job_" + HexFormat.of().formatHex(random);
  }

  private void reject(String clientId, List<JobReply.Problem> problems) {
    context.lane().send(new JobReply.Rejected(clientId, problems));
  }

  /** Answers a specification that could not be read, under its id as far as there is one. */
  void broken(String text, WireException why) {
    String[] parts = text.split("::", 3);
    String id = parts.length > 1 ? Texts.line(parts[1], 128) : "";
    reject(
        id.isEmpty() ? "unknown" : id,
        List.of(new JobReply.Problem("specification", why.getMessage(), "", "")));
  }
}
