package org.peerworks.files.api;

import java.util.Objects;

/**
 * Why a path cannot be used, or a search not be made. The message is for people and safe to show to
 * a remote caller: it never tells whether anything exists outside the mounts.
 */
public final class FileAccessException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What kind of refusal it is, for programs. The first five are sleap-rtc's {@code FS_ERROR}s. */
  public enum Code {
    /**
     * Outside the mounts, whether it exists or not; or inside, and the worker's user may not read
     * (or write) it; or neither a file nor a directory.
     */
    ACCESS_DENIED,
    /** A pattern with wildcards has fewer than three other characters. */
    PATTERN_TOO_BROAD,
    /** Inside a mount, but there is nothing of that name. */
    PATH_NOT_FOUND,
    /** The request breaks a rule; the message names it. */
    INVALID_REQUEST,
    /** No mount has that label. */
    MOUNT_NOT_FOUND,
    /** Something of that name exists and is not replaced. */
    EXISTS,
    /** Too many requests wait, or something is too large. */
    LIMIT,
    /** The mount has no room for it. */
    NO_SPACE,
    /** The mount does not answer, or the worker or the connection is going away; try again. */
    UNAVAILABLE,
    /** A defect, or an input error of the disk; the worker's log has more. */
    INTERNAL
  }

  private final Code code;

  public FileAccessException(Code code, String message) {
    super(Objects.requireNonNull(message, "message"));
    this.code = Objects.requireNonNull(code, "code");
  }

  public FileAccessException(Code code, String message, Throwable cause) {
    super(Objects.requireNonNull(message, "message"), cause);
    this.code = Objects.requireNonNull(code, "code");
  }

  public Code code() {
    return code;
  }
}
