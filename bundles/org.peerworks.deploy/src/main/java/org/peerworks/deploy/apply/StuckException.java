package org.peerworks.deploy.apply;

/** A call into somebody else's code did not come back in time; the message says where it stands. */
public final class StuckException extends Exception {

  private static final long serialVersionUID = 1L;

  StuckException(String message) {
    super(message);
  }
}
