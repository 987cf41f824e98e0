package org.peerworks.protocol.peerworks.internal.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.peerworks.job.api.JobException;
import org.peerworks.protocol.peerworks.internal.wire.FieldException;
import org.peerworks.protocol.peerworks.internal.wire.Fields;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.protocol.peerworks.internal.wire.Texts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries refusals over the wire. */
public final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final int LONGEST = 4000;

  private Failures() {}

  /** The refusal behind a failure. A defect is logged here and told only as such. */
  public static JobException refusal(Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof JobException refusal) {
      return refusal;
    }
    if (cause instanceof FieldException) {
      return new JobException(JobException.Code.INVALID, cause.getMessage());
    }
    LOG.error("A call failed", cause);
    return new JobException(
        JobException.Code.INTERNAL, "The call failed by a defect; the log has more.", cause);
  }

  /** Whether the same call may go well later. */
  public static boolean isUnavailable(Throwable failure) {
    return cause(failure) instanceof JobException refusal
        && refusal.code() == JobException.Code.UNAVAILABLE;
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  public static ObjectNode write(JobException refusal) {
    String message = refusal.getMessage();
    return Json.object()
        .put("code", refusal.code().name())
        .put("message", message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message);
  }

  public static JobException read(Fields error) {
    String message = Texts.clean(error.text("message", 2 * LONGEST), LONGEST + 1);
    String code = error.text("code", 40);
    for (JobException.Code known : JobException.Code.values()) {
      if (known.name().equals(code)) {
        return new JobException(known, message);
      }
    }
    // A code that a later version added.
    return new JobException(JobException.Code.INTERNAL, message);
  }
}
