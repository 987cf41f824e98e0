package org.peerworks.protocol.peerworks.internal.client;

/** A worker that is not to be tried again: it broke the protocol, or is not who it should be. */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public RefusedException(String message) {
    super(message);
  }
}
