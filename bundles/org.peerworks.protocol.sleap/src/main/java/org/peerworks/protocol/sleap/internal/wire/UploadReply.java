package org.peerworks.protocol.sleap.internal.wire;

/** A worker's answers to an upload (§2.8). */
public sealed interface UploadReply extends WorkerMessage {

  /** {@code FILE_UPLOAD_CACHE_HIT::<path>}: it is there already. */
  record CacheHit(String path) implements UploadReply {
    static final String NAME = "FILE_UPLOAD_CACHE_HIT";

    @Override
    public String text() {
      return Message.join(NAME, path);
    }
  }

  /** {@code FILE_UPLOAD_READY}: go on. */
  record Ready() implements UploadReply {
    static final String NAME = "FILE_UPLOAD_READY";

    @Override
    public String text() {
      return NAME;
    }
  }

  /** {@code FILE_UPLOAD_ERROR::<reason>}: nothing of it is kept. */
  record Failed(String reason) implements UploadReply {
    static final String NAME = "FILE_UPLOAD_ERROR";

    @Override
    public String text() {
      return Message.join(NAME, reason);
    }
  }

  /** {@code FILE_UPLOAD_PROGRESS::<received>::<total>}, in bytes. */
  record Progress(long received, long total) implements UploadReply {
    static final String NAME = "FILE_UPLOAD_PROGRESS";

    static Progress read(Cut cut) {
      return new Progress(
          cut.number("number of bytes", 0, Long.MAX_VALUE), cut.number("total", 0, Long.MAX_VALUE));
    }

    @Override
    public String text() {
      return Message.join(NAME, received, total);
    }
  }

  /** {@code FILE_UPLOAD_COMPLETE::<path>}: where it lies now. */
  record Complete(String path) implements UploadReply {
    static final String NAME = "FILE_UPLOAD_COMPLETE";

    @Override
    public String text() {
      return Message.join(NAME, path);
    }
  }
}
