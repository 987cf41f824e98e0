package org.peerworks.job.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobRequest;

/** Makes a request again of a job that has ended. */
final class Retries {

  private static final long MAX_REQUEST_BYTES = 32 << 20;

  private final JobFiles files;

  Retries(JobFiles files) {
    this.files = files;
  }

  /**
   * @throws JobException it has not ended, or its inputs are gone
   */
  JobRequest of(StoredJob job) throws IOException {
    if (!job.state().isFinal()) {
      throw new JobException(
          JobException.Code.INVALID,
          "The job '" + job.id() + "' has not ended, so there is nothing to hand in again.");
    }
    Map<String, Path> inputs = files.inputs(job.id());
    if (!inputs.keySet().equals(namesOfInputs(job.id()))) {
      throw new JobException(
          JobException.Code.INVALID,
          "The inputs of job '"
              + job.id()
              + "' are not kept any more: only those of jobs that failed are, the newest"
              + " ('keepInputBytes'). Hand it in anew, with its files.");
    }
    return new JobRequest(
        job.type(),
        job.parameters(),
        inputs,
        job.priority(),
        UUID.randomUUID().toString(),
        job.timeout());
  }

  /** A job that never needed a directory had none. */
  private Set<String> namesOfInputs(String id) throws IOException {
    Path request = files.job(id).resolve("request.json");
    Set<String> names = new HashSet<>();
    if (Files.exists(request) && Files.size(request) <= MAX_REQUEST_BYTES) {
      JsonNode inputs = Json.MAPPER.readTree(Files.readAllBytes(request)).path("inputs");
      inputs.forEach(name -> names.add(name.asText()));
    }
    return names;
  }
}
