package org.peerworks.doctor.checks;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;
import org.peerworks.doctor.Finding;

/** Why a directory cannot be written to, in the system's words, and what helps against that. */
final class DataAccess {

  private static final String ANOTHER = ", or set PEERWORKS_DATA to another directory.";

  private DataAccess() {}

  /**
   * @param name of the directory, for people
   */
  static Finding refused(String name, Path directory, IOException failure) {
    String reason = reason(failure);
    return Finding.error("Cannot write to " + name + ": " + reason, mend(directory, reason));
  }

  private static String reason(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "Permission denied";
    }
    if (failure instanceof FileSystemException known && known.getReason() != null) {
      return known.getReason();
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  private static String mend(Path directory, String reason) {
    String words = reason.toLowerCase(Locale.ROOT);
    if (words.contains("read-only file system")) {
      return "Mount its file system writable" + ANOTHER;
    }
    if (words.contains("operation not permitted")) {
      return "It may be immutable ('lsattr -d " + directory + "' shows an i): chattr -i" + ANOTHER;
    }
    if (words.contains("no space left") || words.contains("quota")) {
      return "Make room on this disk, with 'df -i' see whether files are left" + ANOTHER;
    }
    return "Make it writable for the user '" + System.getProperty("user.name") + "'" + ANOTHER;
  }
}
