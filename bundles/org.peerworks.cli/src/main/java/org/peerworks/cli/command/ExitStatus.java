package org.peerworks.cli.command;

/** What the program's exit status says. */
public final class ExitStatus {

  /** All went as asked. */
  public static final int SUCCESS = 0;

  /** The job failed, or its result could not be stored. */
  public static final int FAILED = 1;

  /** The command line or a local file is wrong; nothing was sent. */
  public static final int USAGE = 2;

  /** No connection, or it was lost. */
  public static final int NO_CONNECTION = 3;

  /** The worker refused. */
  public static final int REFUSED = 4;

  /** A person has to choose or to confirm, and there was none to ask; what there is was printed. */
  public static final int CHOICE = 5;

  /** Ended by Ctrl-C. */
  public static final int INTERRUPTED = 130;

  private ExitStatus() {}
}
