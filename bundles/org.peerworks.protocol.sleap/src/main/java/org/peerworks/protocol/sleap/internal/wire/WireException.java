package org.peerworks.protocol.sleap.internal.wire;

/** A message that breaks the wire format or one of its limits; says which rule, for people. */
public final class WireException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public WireException(String message) {
    super(message);
  }

  public WireException(String message, Throwable cause) {
    super(message, cause);
  }
}
