package org.peerworks.lib.account;

import java.io.IOException;

/**
 * A file of the user's that cannot be used as it is. The message names file, line and key, and what
 * to do.
 */
public final class BadFileException extends IOException {

  private static final long serialVersionUID = 1L;

  public BadFileException(String message) {
    super(message);
  }

  public BadFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
