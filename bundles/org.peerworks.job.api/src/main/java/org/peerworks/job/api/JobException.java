package org.peerworks.job.api;

import java.util.Objects;

/**
 * Why a call on jobs was refused. The message is for people and safe to show to a remote caller.
 */
public final class JobException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What kind of refusal it is, for programs. */
  public enum Code {
    /** The request breaks a rule; the message names the field. */
    INVALID,
    /** No such job type, or it is stopped. */
    UNKNOWN_TYPE,
    /** No such job or output. */
    NOT_FOUND,
    /** The caller may not do this. */
    FORBIDDEN,
    /** A limit on size, number or rate is reached. */
    LIMIT,
    /** The disk has no room for it. */
    NO_SPACE,
    /** The worker or the connection is going away; try again. */
    UNAVAILABLE,
    /** A defect of ours; the worker's log has more. */
    INTERNAL
  }

  private final Code code;

  public JobException(Code code, String message) {
    super(Objects.requireNonNull(message, "message"));
    this.code = Objects.requireNonNull(code, "code");
  }

  public JobException(Code code, String message, Throwable cause) {
    super(Objects.requireNonNull(message, "message"), cause);
    this.code = Objects.requireNonNull(code, "code");
  }

  public Code code() {
    return code;
  }
}
