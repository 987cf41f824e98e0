package org.peerworks.transport.direct;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads the frames of a connection, one after the other. By one thread. */
final class FrameReader {

  private final TlsPipe pipe;

  /** Decrypted and not read: from position to limit. */
  private final ByteBuffer plain;

  private int kind;
  private int length;
  private int channel;

  FrameReader(TlsPipe pipe) {
    this.pipe = pipe;
    this.plain = ByteBuffer.allocate(2 * pipe.largestRead()).flip();
  }

  /**
   * Reads the next header. What follows it is to be read with {@link #read} or {@link #content}.
   *
   * @return false at the end
   */
  boolean next() throws IOException {
    while (plain.remaining() < Frames.HEADER) {
      plain.compact();
      long read = pipe.read(new ByteBuffer[] {plain});
      plain.flip();
      if (read < 0) {
        if (plain.hasRemaining()) {
          throw new EOFException("The connection ended within a frame.");
        }
        return false;
      }
    }
    int first = plain.getInt();
    kind = first >>> 24;
    length = first & 0xffffff;
    channel = plain.getInt();
    return true;
  }

  int kind() {
    return kind;
  }

  int length() {
    return length;
  }

  int channel() {
    return channel;
  }

  /** Fills the target, which what is decrypted goes to without a detour. */
  void read(ByteBuffer target) throws IOException {
    int buffered = Math.min(plain.remaining(), target.remaining());
    target.put(plain.slice(plain.position(), buffered));
    plain.position(plain.position() + buffered);
    while (target.hasRemaining()) {
      plain.clear(); // all of it is read
      long read;
      try {
        read = pipe.read(new ByteBuffer[] {target, plain});
      } finally {
        plain.flip();
      }
      if (read < 0) {
        throw new EOFException("The connection ended within a frame.");
      }
    }
  }

  /**
   * All that follows the header.
   *
   * @throws FrameException if it is more than a control frame may have
   */
  ByteBuffer content() throws IOException {
    if (length > Frames.LARGEST_CONTROL) {
      throw new FrameException(
          "sent a frame of kind " + kind + " with " + length + " bytes, which is too long");
    }
    ByteBuffer content = ByteBuffer.allocate(length);
    read(content);
    return content.flip();
  }

  /** The one number that follows the header. */
  int number() throws IOException {
    ByteBuffer content = content();
    if (content.remaining() != 4) {
      throw new FrameException("sent a frame of kind " + kind + " without its number");
    }
    return content.getInt();
  }
}
