package org.peerworks.protocol.sleap.internal.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.Jobs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands in what specifications (§2.6) ask for. */
final class SpecJobs {

  private static final Logger LOG = LoggerFactory.getLogger(SpecJobs.class);

  private final Services services;
  private final Staging staging;
  private final JobQueue queue;

  SpecJobs(Services services, Staging staging, JobQueue queue) {
    this.services = services;
    this.staging = staging;
    this.queue = queue;
  }

  /**
   * @throws SpecException with all that is wrong
   */
  JobSpec check(ObjectNode spec) {
    return JobSpec.read(spec, services::requireMounts);
  }

  /**
   * @param jobs those of who asks
   */
  void submit(JobSpec spec, Supplier<Jobs> jobs, Story story) {
    Path directory = null;
    try {
      Map<String, Path> inputs = new LinkedHashMap<>();
      if (!spec.inline().isEmpty()) {
        directory = staging.directory();
        write(spec.inline(), directory, inputs);
      }
      Path staged = directory;
      queue.submit(jobs, request(spec, inputs), story, () -> deleteIfAny(staged));
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
}
