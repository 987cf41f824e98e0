package org.peerworks.signaling.client;

import java.util.Optional;
import org.peerworks.signaling.api.SignalingException;
import org.peerworks.signaling.api.SignalingException.Code;

/** The server does not want this peer, and trying again would not help. */
final class Refused extends Exception {

  private static final long serialVersionUID = 1L;

  private final Code code;

  /** Null if the server said nothing. */
  private final String reason;

  Refused(String message) {
    this(Code.OTHER, message, null);
  }

  /**
   * @param reason the server's words
   */
  Refused(Code code, String message, String reason) {
    super(message);
    this.code = code;
    this.reason = reason;
  }

  SignalingException toException() {
    return new SignalingException(code, getMessage(), Optional.ofNullable(reason), this);
  }
}
