package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.peerworks.job.api.JobException;

/** What the system or its operator has to mend; until then much of what we do fails. */
enum Trouble {
  FULL(
      JobException.Code.NO_SPACE,
      "the worker's disk is full",
      "Try again when there is room on it.",
      "no space left",
      "disk quota",
      "file too large",
      "sqlite_full",
      "sqlite_ioerr_shmsize"),
  READ_ONLY(
      JobException.Code.UNAVAILABLE,
      "the worker's data directory cannot be written",
      "Try again when its operator has made it writable.",
      "read-only file system",
      "sqlite_readonly"),
  HANDLES(
      JobException.Code.UNAVAILABLE,
      "the worker has as many files open as its system allows",
      "Try again later; its operator may raise the limit (ulimit -n).",
      "too many open files"),
  CANNOT_OPEN(
      JobException.Code.UNAVAILABLE,
      "the files of the worker's job store cannot be opened",
      "Try again later; the worker's log has more.",
      "sqlite_cantopen"),
  LOCKED(
      JobException.Code.UNAVAILABLE,
      "another program holds the worker's job store",
      "Try again later.",
      "sqlite_busy",
      "sqlite_locked"),
  DAMAGED(
      JobException.Code.INTERNAL,
      "the worker's job store is damaged",
      "Its operator finds in the log what to do.",
      "sqlite_corrupt",
      "sqlite_notadb");

  private final JobException.Code code;
  private final String what;
  private final String next;
  private final List<String> signs;

  /**
   * @param signs words in the messages of the system, in lower case
   */
  Trouble(JobException.Code code, String what, String next, String... signs) {
    this.code = code;
    this.what = what;
    this.next = next;
    this.signs = List.of(signs);
  }

  static Optional<Trouble> of(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof IOException || t instanceof SQLException) {
        String message = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
        Optional<Trouble> found =
            Stream.of(values())
                .filter(one -> one.signs.stream().anyMatch(message::contains))
                .findFirst();
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** A clause for people. */
  String what() {
    return what;
  }

  JobException refusal(Throwable cause) {
    return new JobException(
        code, Character.toUpperCase(what.charAt(0)) + what.substring(1) + ". " + next, cause);
  }
}
