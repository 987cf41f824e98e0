package org.peerworks.launcher;

/** Exit statuses of the launcher itself; a command's own statuses are below 64. */
final class ExitStatus {

  /** Something that should not happen; the log has more. */
  static final int INTERNAL = 70;

  /** The installation is incomplete or was changed: a file is missing or its hash is wrong. */
  static final int INSTALLATION = 71;

  /** The data directory cannot be used, or another process uses it. */
  static final int DATA = 72;

  /** The framework did not stop in time. */
  static final int STUCK = 73;

  /** A configuration file holds a value that cannot be used, or cannot be read. */
  static final int CONFIGURATION = 74;

  private ExitStatus() {}
}
