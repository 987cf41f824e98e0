package org.peerworks.signaling.api;

import java.util.Optional;

/** Why signalling failed. The message is for people and says what to do. */
public final class SignalingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What a program can do something about. */
  public enum Code {
    /** The server has no such room, or not any more. */
    ROOM_GONE,
    /** The server does not know the identity of {@link Proof.Anonymous#credential()}. */
    IDENTITY_UNKNOWN,
    /**
     * The token, key or login is not, or no longer, one that the server takes, or does not open
     * this room.
     */
    ACCESS_DENIED,
    /** Somebody else has the id that this peer wants in the room. */
    ID_TAKEN,
    /** The other peer is not in the room now. */
    PEER_GONE,
    /** Anything else. */
    OTHER
  }

  private final Code code;

  /** What the server said, on one line; null if it said nothing. */
  private final String reason;

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
    this(code, message, Optional.empty(), cause);
  }

  /**
   * @param reason the server's own words
   * @param cause null if none
   */
  public SignalingException(Code code, String message, Optional<String> reason, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.reason = reason.orElse(null);
  }

  public Code code() {
    return code;
  }

  /**
   * The server's own words on one line, for a log: the {@code reason} of a refused registration, or
   * the {@code code} and {@code message} of what was refused later. Empty if it gave none.
   */
  public Optional<String> reason() {
    return Optional.ofNullable(reason);
  }
}
