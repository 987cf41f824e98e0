package org.peerworks.protocol.sleap.internal.wire;

/**
 * {@code AUTH_RESPONSE::<value>}: a client's answer to a challenge (§2.5; §2.4 for one-time codes).
 *
 * @param value base64url without padding, six digits, or {@link #MISSING}
 */
public record AuthResponse(String value) implements ClientMessage {

  static final String NAME = "AUTH_RESPONSE";

  /** What a client without credentials says. */
  public static final String MISSING = "missing";

  static AuthResponse read(Cut cut) {
    return new AuthResponse(cut.optionalRest(512));
  }

  @Override
  public String text() {
    return Message.join(NAME, value);
  }

  /** Without the proof. */
  @Override
  public String toString() {
    return NAME;
  }
}
