package org.peerworks.protocol.peerworks.internal.wire;

/** The peer broke a rule of the protocol; the connection ends with this message as its reason. */
public final class WireException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public WireException(String message) {
    super(message);
  }

  public WireException(String message, Throwable cause) {
    super(message, cause);
  }
}
