package org.peerworks.job.engine.internal;

import java.util.List;
import org.peerworks.job.api.JobOutput;
import org.peerworks.job.api.JobState;

/**
 * How a job ended.
 *
 * @param state {@code RUNNING} if it has not ended: it is to be run again
 * @param document of the result, or null
 * @param typeFailed whether its type is to blame, as far as can be told
 * @param refused whether what its owner gave it is to blame, so that it is not worth another try
 */
record Outcome(
    JobState state,
    String reason,
    String document,
    List<JobOutput> outputs,
    boolean typeFailed,
    boolean refused) {

  private static final int MAX_REASON = 1000;

  Outcome {
    reason = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) + "…" : reason;
    outputs = List.copyOf(outputs);
  }

  static Outcome ended(JobState state, String reason) {
    return new Outcome(state, reason, null, List.of(), false, false);
  }

  /** It was interrupted, and is to be run again. */
  static Outcome unfinished() {
    return ended(JobState.RUNNING, "");
  }

  boolean isUnfinished() {
    return state == JobState.RUNNING;
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
