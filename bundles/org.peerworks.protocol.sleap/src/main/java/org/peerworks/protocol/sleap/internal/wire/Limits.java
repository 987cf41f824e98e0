package org.peerworks.protocol.sleap.internal.wire;

/** How long the fields of messages may be, in characters. */
public final class Limits {

  /** Identifiers. */
  public static final int ID = 128;

  /** Bare file names; the rules of the file system come on top. */
  public static final int NAME = 255;

  /** Paths, patterns and other texts on one line. */
  public static final int PATH = 4096;

  /** A line of a log, and texts for people. */
  public static final int LINE = 16_384;

  /** Texts of JSON. */
  public static final int JSON = 4 << 20;

  private Limits() {}
}
