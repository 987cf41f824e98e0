package org.peerworks.protocol.sleap.internal.wire;

/** A worker's side of the channel authentication (§2.5; §2.4 for one-time codes). */
public sealed interface AuthMessage extends WorkerMessage {

  /**
   * {@code AUTH_CHALLENGE::<nonce>} (§2.5).
   *
   * @param nonce 32 random bytes as base64url without padding, 43 characters
   */
  record Challenge(String nonce) implements AuthMessage {
    static final String NAME = "AUTH_CHALLENGE";

    @Override
    public String text() {
      return Message.join(NAME, nonce);
    }
  }

  /** {@code AUTH_SUCCESS} (§2.5). */
  record Success() implements AuthMessage {
    static final String NAME = "AUTH_SUCCESS";

    @Override
    public String text() {
      return NAME;
    }
  }

  /**
   * {@code AUTH_FAILURE::<reason>} (§2.5).
   *
   * @param reason {@code invalid}, {@code timeout} or {@code missing}; older workers know more
   */
  record Failure(String reason) implements AuthMessage {
    static final String NAME = "AUTH_FAILURE";

    @Override
    public String text() {
      return Message.join(NAME, reason);
    }
  }

  /** {@code AUTH_REQUIRED::<worker id>}: a one-time code is asked for (§2.4, January 2026 only). */
  record Required(String workerId) implements AuthMessage {
    static final String NAME = "AUTH_REQUIRED";

    @Override
    public String text() {
      return Message.join(NAME, workerId);
    }
  }
}
