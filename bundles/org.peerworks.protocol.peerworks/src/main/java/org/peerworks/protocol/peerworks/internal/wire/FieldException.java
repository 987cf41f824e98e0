package org.peerworks.protocol.peerworks.internal.wire;

/** A message has a field that is missing or is not what it must be; the message names it. */
public final class FieldException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public FieldException(String message) {
    super(message);
  }
}
