package org.peerworks.cli;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.job.api.JobException;
import org.peerworks.signaling.api.SignalingException;
import org.peerworks.transport.api.TransportException;
import org.slf4j.LoggerFactory;

/**
 * How a command ended that did not come to its end.
 *
 * @param status exit status of the program
 * @param message for people
 */
record Ending(int status, String message) {

  /**
   * @param interrupted whether the thread was interrupted meanwhile
   */
  static Ending of(Exception failure, boolean interrupted) {
    if (interrupted
        || failure instanceof InterruptedException
        || failure instanceof ClosedByInterruptException) {
      return new Ending(ExitStatus.INTERRUPTED, "Interrupted.");
    }
    if (failure instanceof CommandFailure known) {
      return new Ending(known.status(), known.getMessage());
    }
    if (failure instanceof JobException refusal) {
      return refusal.code() == JobException.Code.UNAVAILABLE
          ? new Ending(ExitStatus.NO_CONNECTION, refusal.getMessage())
          : new Ending(ExitStatus.REFUSED, "The worker refused: " + refusal.getMessage());
    }
    if (failure instanceof FileAccessException refusal) {
      return switch (refusal.code()) {
        case UNAVAILABLE -> new Ending(ExitStatus.NO_CONNECTION, refusal.getMessage());
        default -> new Ending(ExitStatus.REFUSED, "The worker refused: " + refusal.getMessage());
      };
    }
    if (failure instanceof TransportException || failure instanceof SignalingException) {
      return new Ending(ExitStatus.NO_CONNECTION, failure.getMessage());
    }
    if (failure instanceof IOException) {
      return new Ending(ExitStatus.FAILED, FileTrouble.explained((IOException) failure));
    }
    LoggerFactory.getLogger(Ending.class).error("A command failed unexpectedly", failure);
    return new Ending(
        ExitStatus.FAILED, "Something went wrong that should not: " + failure + ". See the log.");
  }
}
