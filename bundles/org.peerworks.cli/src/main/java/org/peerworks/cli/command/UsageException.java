package org.peerworks.cli.command;

/** Options that do not go together. The message is for people. */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
