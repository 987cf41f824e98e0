package org.peerworks.signaling.api;

/** Why signalling failed. The message is for people and says what to do. */
public final class SignalingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public SignalingException(String message) {
    super(message);
  }

  public SignalingException(String message, Throwable cause) {
    super(message, cause);
  }
}
