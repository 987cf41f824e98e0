package org.peerworks.job.engine.internal;

import java.util.List;
import org.peerworks.job.api.JobOutput;
import org.peerworks.job.api.JobState;

/**
 * How a job ended.
 *
 * @param document of the result, or null
 */
record Outcome(JobState state, String reason, String document, List<JobOutput> outputs) {

  private static final int MAX_REASON = 1000;

  Outcome {
    reason = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) + "…" : reason;
    outputs = List.copyOf(outputs);
  }

  static Outcome ended(JobState state, String reason) {
    return new Outcome(state, reason, null, List.of());
  }

  /** An exception in words for the job's owner. */
  static String describe(Throwable thrown) {
    String message = thrown.getMessage();
    String said = message == null || message.isBlank() ? thrown.getClass().getName() : message;
    return Trouble.of(thrown)
        .map(trouble -> said.replaceFirst("\\.$", "") + ": " + trouble.what() + ".")
        .orElse(said);
  }
}
