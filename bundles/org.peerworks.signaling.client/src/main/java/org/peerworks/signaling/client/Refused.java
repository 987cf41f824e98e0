package org.peerworks.signaling.client;

import org.peerworks.signaling.api.SignalingException;
import org.peerworks.signaling.api.SignalingException.Code;

/** The server does not want this peer, and trying again would not help. */
final class Refused extends Exception {

  private static final long serialVersionUID = 1L;

  private final Code code;

  Refused(String message) {
    this(Code.OTHER, message);
  }

  Refused(Code code, String message) {
    super(message);
    this.code = code;
  }

  SignalingException toException() {
    return new SignalingException(code, getMessage(), this);
  }
}
