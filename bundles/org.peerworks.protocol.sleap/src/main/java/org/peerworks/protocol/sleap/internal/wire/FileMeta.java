package org.peerworks.protocol.sleap.internal.wire;

/**
 * {@code FILE_META::<name>:<size>:<third>}, with single colons: a file follows (§2.2, §2.3).
 *
 * @param name 1 to 1024 characters without a colon; the reader judges nothing else of it
 * @param size in bytes, 0 or more
 * @param third from a client {@code True} or {@code False} in any case: whether a GUI listens; from
 *     a worker a hint where to save, may be empty
 */
public record FileMeta(String name, long size, String third)
    implements ClientMessage, WorkerMessage {

  static final String NAME = "FILE_META";

  static FileMeta read(Cut cut) {
    String meta = cut.rest(Limits.PATH + 1100);
    int first = meta.indexOf(':');
    int second = meta.indexOf(':', first + 1);
    if (first < 0 || second < 0) {
      throw new WireException(
          "'FILE_META' wants '<name>:<size>:<third>', but has "
              + (first < 0 ? "one part" : "two parts")
              + ".");
    }
    return new FileMeta(
        Cut.checked(NAME, "name", meta.substring(0, first), 1, 1024),
        Cut.number(NAME, "size", meta.substring(first + 1, second), 0, Long.MAX_VALUE),
        Cut.checked(NAME, "third part", meta.substring(second + 1), 0, Limits.PATH));
  }

  /**
   * What a worker may say of where to save. Upstream's clients cut the whole at its colons into
   * three parts (§2.1), and fail at a fourth one, as a Windows path has it; so such a hint is left
   * empty, which they accept (§2.3): they save by what they know themselves.
   *
   * @param directory as a client said it
   * @return the same, or empty if it has a colon or a control character
   */
  public static String hint(String directory) {
    boolean safe = directory.chars().noneMatch(c -> c == ':' || Character.isISOControl(c));
    return safe ? directory : "";
  }

  /** Whether a GUI listens at the client. */
  public boolean gui() {
    return third.strip().equalsIgnoreCase("true");
  }

  @Override
  public String text() {
    return NAME + SEPARATOR + name + ":" + size + ":" + third;
  }
}
