package org.peerworks.launcher;

/** Why Peerworks cannot start: a message for people, and the exit status for programs. */
public final class LaunchException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  LaunchException(int status, String message) {
    super(message);
    this.status = status;
  }

  LaunchException(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
