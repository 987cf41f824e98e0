package org.peerworks.job.api;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * How a job went.
 *
 * @param succeeded whether it did what it was meant to
 * @param reason one sentence; may be blank for success
 * @param document JSON object for programs
 * @param outputs files below {@link JobContext#outputDirectory()} by the name they are returned
 *     under; also partial ones of a failed job
 */
public record JobResult(
    boolean succeeded, String reason, String document, Map<String, Path> outputs) {

  public JobResult {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(document, "document");
    outputs = Map.copyOf(outputs);
  }

  public static JobResult succeeded(String document, Map<String, Path> outputs) {
    return new JobResult(true, "", document, outputs);
  }

  public static JobResult failed(String reason, String document, Map<String, Path> outputs) {
    return new JobResult(false, reason, document, outputs);
  }
}
