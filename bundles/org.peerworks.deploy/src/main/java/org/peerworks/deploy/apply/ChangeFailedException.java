package org.peerworks.deploy.apply;

/** The framework could not be changed; the message says why. */
public final class ChangeFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  public ChangeFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  public ChangeFailedException(String message) {
    super(message);
  }
}
