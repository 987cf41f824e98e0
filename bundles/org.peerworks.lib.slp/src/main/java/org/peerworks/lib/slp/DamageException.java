package org.peerworks.lib.slp;

/**
 * What is wrong with the content of a file, in words for people; {@link SlpFile} names the file.
 */
final class DamageException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  DamageException(String message) {
    super(message);
  }

  DamageException(String message, Throwable cause) {
    super(message, cause);
  }
}
