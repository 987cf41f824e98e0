package org.peerworks.lib.slp;

import java.io.IOException;

/**
 * A .slp file cannot be read or written; the message names the file, what was wanted and what was
 * found.
 */
public final class SlpException extends IOException {

  private static final long serialVersionUID = 1L;

  public SlpException(String message) {
    super(message);
  }

  public SlpException(String message, Throwable cause) {
    super(message, cause);
  }
}
