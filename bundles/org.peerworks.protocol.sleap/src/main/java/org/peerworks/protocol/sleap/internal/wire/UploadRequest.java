package org.peerworks.protocol.sleap.internal.wire;

/** A file on its way to a directory of the worker (§2.8). */
public sealed interface UploadRequest extends ClientMessage {

  /**
   * {@code FILE_UPLOAD_CHECK::<sha256>::<name>}: is it there already?
   *
   * @param sha256 64 hexadecimal digits, lower case
   * @param name bare file name; the reader judges nothing of it
   */
  record Check(String sha256, String name) implements UploadRequest {
    static final String NAME = "FILE_UPLOAD_CHECK";

    static Check read(Cut cut) {
      String hash = cut.field("SHA-256", 64).toLowerCase(java.util.Locale.ROOT);
      if (!hash.matches("[0-9a-f]{64}")) {
        throw new WireException("'FILE_UPLOAD_CHECK' wants a SHA-256 of 64 hexadecimal digits.");
      }
      return new Check(hash, cut.rest("name", 1024));
    }

    @Override
    public String text() {
      return Message.join(NAME, sha256, name);
    }
  }

  /**
   * {@code FILE_UPLOAD_START::<name>::<bytes>::<directory>::<0|1>}.
   *
   * @param name bare file name; the reader judges nothing of it
   * @param size in bytes
   * @param directory of the worker
   * @param subfolder whether to put it below {@code sleap_rtc_downloads/}
   */
  record Start(String name, long size, String directory, boolean subfolder)
      implements UploadRequest {
    static final String NAME = "FILE_UPLOAD_START";

    static Start read(Cut cut) {
      String name = cut.field("name", 1024);
      long size = cut.number("size", 0, Long.MAX_VALUE);
      String rest = cut.rest("directory", Limits.PATH + 3);
      // From the end, as a directory may hold the separator.
      int last = rest.lastIndexOf(SEPARATOR);
      String flag = last < 0 ? "" : rest.substring(last + 2);
      if (!flag.equals("0") && !flag.equals("1")) {
        throw new WireException("'FILE_UPLOAD_START' wants '0' or '1' as its last field.");
      }
      return new Start(
          name,
          size,
          Cut.checked(NAME, "directory", rest.substring(0, last), 1, Limits.PATH),
          flag.equals("1"));
    }

    @Override
    public String text() {
      return Message.join(NAME, name, size, directory, subfolder ? 1 : 0);
    }
  }

  /** {@code FILE_UPLOAD_END}: that was all of it. */
  record End() implements UploadRequest {
    static final String NAME = "FILE_UPLOAD_END";

    @Override
    public String text() {
      return NAME;
    }
  }
}
