package org.peerworks.files.resolver;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the disk says, in the words of the contract. */
final class Refusals {

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private Refusals() {}

  /** Of a failure somewhere below a mount. */
  static FileAccessException of(Throwable failure) {
    Throwable cause =
        failure instanceof DirectoryIteratorException iteration ? iteration.getCause() : failure;
    if (cause instanceof FileAccessException known) {
      return known;
    }
    if (cause instanceof NoSuchFileException
        || cause instanceof NotDirectoryException
        || cause instanceof NotLinkException) {
      return new FileAccessException(
          Code.PATH_NOT_FOUND, "It is not there any more: somebody has changed it meanwhile.");
    }
    if (cause instanceof AccessDeniedException) {
      return denied();
    }
    if (cause instanceof InvalidPathException) {
      return new FileAccessException(
          Code.INVALID_REQUEST,
          "The name cannot be used on this worker. If it has letters beyond ASCII, start the worker"
              + " with LC_ALL=C.UTF-8.");
    }
    if (cause instanceof FileSystemException system) {
      String reason = system.getReason() == null ? "" : system.getReason();
      if (reason.contains("No space left") || reason.contains("quota")) {
        return noSpace();
      }
      if (reason.contains("Read-only")) {
        return new FileAccessException(Code.ACCESS_DENIED, "The mount is read-only.");
      }
      if (reason.contains("symbolic links") || reason.contains("Not a directory")) {
        return new FileAccessException(
            Code.ACCESS_DENIED, "A link was put in place while the path was looked at.");
      }
    }
    if (cause instanceof IOException
        && cause.getMessage() != null
        && cause.getMessage().contains("No space left")) {
      return noSpace();
    }
    LOG.warn("Cannot use a mount", cause);
    return new FileAccessException(
        cause instanceof IOException ? Code.UNAVAILABLE : Code.INTERNAL,
        "The worker's disk, or the worker, has a problem with this path; the worker's log says"
            + " which.",
        cause);
  }

  static FileAccessException denied() {
    return new FileAccessException(
        Code.ACCESS_DENIED, "The worker's user may not use this path. Change its permissions.");
  }

  static FileAccessException noSpace() {
    return new FileAccessException(
        Code.NO_SPACE, "The mount is full. Make room on it, or choose another one.");
  }
}
