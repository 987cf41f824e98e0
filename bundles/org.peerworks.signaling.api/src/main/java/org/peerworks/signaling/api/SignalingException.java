package org.peerworks.signaling.api;

/** Why signalling failed. The message is for people and says what to do. */
public final class SignalingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What a program can do something about. */
  public enum Code {
    /** The server has no such room, or not any more. */
    ROOM_GONE,
    /** The server does not know the identity of {@link JoinRequest#credential()}. */
    IDENTITY_UNKNOWN,
    /** Anything else. */
    OTHER
  }

  private final Code code;

  public SignalingException(String message) {
    this(Code.OTHER, message, null);
  }

  public SignalingException(String message, Throwable cause) {
    this(Code.OTHER, message, cause);
  }

  /**
   * @param cause null if none
   */
  public SignalingException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
