package org.peerworks.launcher;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Why files cannot be used, in words for people. */
final class Reasons {

  /** With less, nothing but the disk is to blame. */
  private static final long SCANT = 1 << 20;

  private Reasons() {}

  /** A clause without a full stop. */
  static String of(IOException failure) {
    if (isFull(failure)) {
      return "its disk is full";
    } else if (failure instanceof AccessDeniedException) {
      return "it is read-only for this user";
    } else if (failure instanceof NoSuchFileException) {
      return "it does not exist and cannot be made there";
    } else if (failure instanceof FileSystemException known && known.getReason() != null) {
      return known.getReason();
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  /** Whether the system said that there is no room. */
  static boolean isFull(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
      if (message.contains("no space left") || message.contains("quota exceeded")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether there is no room for a file. Old classes of Java do not pass on what the system said,
   * so the disk is looked at, too.
   *
   * @param directory that should have taken it
   * @param bytes of the file
   */
  static boolean isFull(Throwable failure, Path directory, long bytes) {
    try {
      return isFull(failure) || Files.getFileStore(directory).getUsableSpace() < bytes + SCANT;
    } catch (IOException e) {
      failure.addSuppressed(e);
      return false;
    }
  }

  /** What to tell of a data directory without room. */
  static LaunchException full(Path directory, Throwable cause) {
    return new LaunchException(
        ExitStatus.DATA,
        "The disk of '"
            + directory
            + "' is full. Make room on it, or set PEERWORKS_DATA to a directory elsewhere.",
        cause);
  }
}
