package org.peerworks.cli;

import org.peerworks.cli.command.ExitStatus;

/** Why a command ends without success. The message is for the person who typed it. */
public final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  private CommandFailure(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** A local file, or a value that only the command itself can judge, is wrong. */
  public static CommandFailure usage(String message) {
    return new CommandFailure(ExitStatus.USAGE, message, null);
  }

  public static CommandFailure usage(String message, Throwable cause) {
    return new CommandFailure(ExitStatus.USAGE, message, cause);
  }

  public static CommandFailure noConnection(String message) {
    return new CommandFailure(ExitStatus.NO_CONNECTION, message, null);
  }

  public static CommandFailure noConnection(String message, Throwable cause) {
    return new CommandFailure(ExitStatus.NO_CONNECTION, message, cause);
  }

  public static CommandFailure refused(String message, Throwable cause) {
    return new CommandFailure(ExitStatus.REFUSED, message, cause);
  }

  public static CommandFailure failed(String message, Throwable cause) {
    return new CommandFailure(ExitStatus.FAILED, message, cause);
  }

  /** Somebody has to choose, and nobody could be asked. */
  public static CommandFailure choice(String message) {
    return new CommandFailure(ExitStatus.CHOICE, message, null);
  }

  /** The person did not want to go on. */
  public static CommandFailure cancelled(String message) {
    return new CommandFailure(ExitStatus.INTERRUPTED, message, null);
  }

  /** Exit status of the program. */
  public int status() {
    return status;
  }
}
