package org.peerworks.job.api;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * How a job went.
 *
 * @param succeeded whether it did what it was meant to
 * @param refused whether it failed for what its owner gave it, so that its type is not to blame;
 *     other failures of a new version's first jobs may end its trial ({@link JobTypes})
 * @param reason one sentence; may be blank for success
 * @param document JSON object for programs
 * @param outputs files below {@link JobContext#outputDirectory()} by the name they are returned
 *     under; also partial ones of a failed job
 */
public record JobResult(
    boolean succeeded, boolean refused, String reason, String document, Map<String, Path> outputs) {

  public JobResult {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(document, "document");
    outputs = Map.copyOf(outputs);
    if (succeeded && refused) {
      throw new IllegalArgumentException("What succeeded was not refused.");
    }
  }

  public static JobResult succeeded(String document, Map<String, Path> outputs) {
    return new JobResult(true, false, "", document, outputs);
  }

  public static JobResult failed(String reason, String document, Map<String, Path> outputs) {
    return new JobResult(false, false, reason, document, outputs);
  }

  /**
   * A failure for what the owner gave: inputs or parameters that no version of the type could work
   * with.
   */
  public static JobResult refused(String reason, String document) {
    return new JobResult(false, true, reason, document, Map.of());
  }
}
