package org.peerworks.protocol.sleap.internal.worker;

/** Why a client does not get what it asked for; safe to show it. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code for programs
   * @param message for people, one sentence
   */
  Refusal(String code, String message) {
    super(message);
    this.code = code;
  }

  Refusal(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  String code() {
    return code;
  }
}
