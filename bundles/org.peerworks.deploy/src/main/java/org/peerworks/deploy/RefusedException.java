package org.peerworks.deploy;

/** Something is not deployed; the message says what was wanted, what was found, what to do next. */
public final class RefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  public RefusedException(String message) {
    super(message);
  }

  public RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
