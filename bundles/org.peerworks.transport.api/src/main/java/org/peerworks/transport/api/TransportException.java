package org.peerworks.transport.api;

/** Why a connection or a message failed. The message is for people and says what to do. */
public final class TransportException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public TransportException(String message) {
    super(message);
  }

  public TransportException(String message, Throwable cause) {
    super(message, cause);
  }
}
