package org.peerworks.protocol.sleap.internal.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A file on its way in: goes to the disk piece by piece, and no further than it was announced. */
final class IncomingFile implements AutoCloseable {

  private final WritableByteChannel out;
  private final long size;
  private final Space.Grant grant;
  private long received;

  IncomingFile(WritableByteChannel out, long size, Space.Grant grant) {
    this.out = out;
    this.size = size;
    this.grant = grant;
  }

  long size() {
    return size;
  }

  long received() {
    return received;
  }

  /**
   * @throws Refusal if the file becomes longer than it was announced
   */
  void write(ByteBuffer piece) throws IOException {
    if (piece.remaining() > size - received) {
      throw new Refusal(
          "INVALID_REQUEST",
          "Size mismatch: expected %d, got more; nothing of the file is kept.".formatted(size));
    }
    while (piece.hasRemaining()) {
      received += out.write(piece);
    }
  }

  /**
   * @throws Refusal if the file is shorter than it was announced
   */
  void requireWhole() {
    if (received != size) {
      throw new Refusal(
          "INVALID_REQUEST",
          "Size mismatch: expected %d, got %d; nothing of the file is kept."
              .formatted(size, received));
    }
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      grant.giveBack();
    }
  }
}
