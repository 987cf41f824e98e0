package org.peerworks.lib.sleap;

import java.io.IOException;

/** A package that a job cannot be done with. The message is for the one who sent it. */
public final class PackageException extends IOException {

  private static final long serialVersionUID = 1L;

  public PackageException(String message) {
    super(message);
  }

  public PackageException(String message, Throwable cause) {
    super(message, cause);
  }
}
