package org.peerworks.protocol.sleap.internal.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.peerworks.job.api.JobRequest;
import org.peerworks.protocol.sleap.internal.wire.JobCommand;
import org.peerworks.protocol.sleap.internal.wire.JobReply;
import org.peerworks.protocol.sleap.internal.wire.Texts;
import org.peerworks.protocol.sleap.internal.wire.WireException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes jobs of specifications (§2.6). Used by the channel's thread. */
final class StructuredIntake {

  private static final Logger LOG = LoggerFactory.getLogger(StructuredIntake.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int MOST_IDS = 10_000;

  private final SessionContext context;
  private final Set<String> ids = new HashSet<>();

  StructuredIntake(SessionContext context) {
    this.context = context;
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
    Path directory = null;
    try {
      spec = JobSpec.read(submit.spec(), context.services()::requireMounts);
    } catch (SpecException e) {
      LOG.info("Rejected a job of peer '{}': {}", context.lane().peer(), e.getMessage());
      reject(submit.clientId(), e.problems());
      return;
    }
    JobNames names = new JobNames(submit.clientId(), newId());
    Story story = story(spec, names);
    try {
      Map<String, Path> inputs = new LinkedHashMap<>();
      if (!spec.inline().isEmpty()) {
        directory = context.staging().directory();
        write(spec.inline(), directory, inputs);
      }
      Path staged = directory;
      context
          .queue()
          .submit(context::jobs, request(spec, inputs), story, () -> deleteIfAny(staged));
    } catch (IOException e) {
      LOG.error("The configurations of a job could not be written", e);
      deleteIfAny(directory);
      story.refused(new Refusal("NO_SPACE", "The worker's disk failed or is full.", e));
    }
  }

  private static JobRequest request(JobSpec spec, Map<String, Path> inputs) {
    return new JobRequest(
        spec.type(),
        spec.parametersJson(),
        inputs,
        JobRequest.DEFAULT_PRIORITY,
        UUID.randomUUID().toString(),
        Duration.ZERO);
  }

  private Story story(JobSpec spec, JobNames names) {
    return spec.type().equals("track")
        ? new StructuredTrackStory(context.lane(), context.results(), names, spec.outputPath())
        : new StructuredTrainStory(context.lane(), context.results(), names, spec.models());
  }

  private static void write(Map<String, String> inline, Path directory, Map<String, Path> inputs)
      throws IOException {
    for (Map.Entry<String, String> config : inline.entrySet()) {
      Path file = directory.resolve(config.getKey());
      try (FileChannel out = Staging.create(file)) {
        ByteBuffer text = ByteBuffer.wrap(config.getValue().getBytes(StandardCharsets.UTF_8));
        while (text.hasRemaining()) {
          out.write(text);
        }
      }
      inputs.put(config.getKey(), file);
    }
  }

  private static void deleteIfAny(Path directory) {
    if (directory != null) {
      Staging.delete(directory);
    }
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
