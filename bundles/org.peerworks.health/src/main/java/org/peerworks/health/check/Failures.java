package org.peerworks.health.check;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Why a directory cannot be written to, in the system's words, and what helps against that. */
final class Failures {

  private Failures() {}

  static String reason(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "Permission denied";
    }
    if (failure instanceof NoSuchFileException) {
      return "It does not exist";
    }
    if (failure instanceof FileSystemException known && known.getReason() != null) {
      return known.getReason();
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  static String mend(IOException failure, Path directory) {
    String words = reason(failure).toLowerCase(Locale.ROOT);
    if (words.contains("no space left") || words.contains("quota")) {
      return "Make room on its disk; with 'df -i' see whether files are left.";
    }
    if (words.contains("read-only")) {
      return "Mount its file system writable; the kernel's log ('dmesg') says why it is not.";
    }
    if (words.contains("too many open files")) {
      return "Raise the limit of open files (LimitNOFILE of the service, or ulimit -n).";
    }
    return "Make '%s' writable for the user '%s'."
        .formatted(directory, System.getProperty("user.name"));
  }
}
