package org.peerworks.pose;

/**
 * Something that the person who gave the command can mend: the message names what was wanted, what
 * was found and what to do.
 */
public final class UserError extends Exception {

  private static final long serialVersionUID = 1L;

  /** Which kind of error it is; each has an exit status of its own. */
  public enum Kind {
    /** The command line or the configuration. */
    USAGE(2),
    /** A file that is to be read or written. */
    DATA(3);

    private final int status;

    Kind(int status) {
      this.status = status;
    }
  }

  private final Kind kind;

  private UserError(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public static UserError usage(String message, Object... values) {
    return new UserError(Kind.USAGE, message.formatted(values), null);
  }

  public static UserError data(String message, Object... values) {
    return new UserError(Kind.DATA, message.formatted(values), null);
  }

  public static UserError data(Throwable cause, String message, Object... values) {
    return new UserError(Kind.DATA, message.formatted(values), cause);
  }

  /** Exit status of the program. */
  public int status() {
    return kind.status;
  }
}
