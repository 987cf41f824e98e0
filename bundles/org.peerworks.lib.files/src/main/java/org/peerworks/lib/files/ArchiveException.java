package org.peerworks.lib.files;

import java.io.IOException;

/** An archive that is damaged, hostile or too large. The message is for people. */
public final class ArchiveException extends IOException {

  private static final long serialVersionUID = 1L;

  public ArchiveException(String message) {
    super(message);
  }

  public ArchiveException(String message, Throwable cause) {
    super(message, cause);
  }
}
