package org.peerworks.protocol.peerworks.internal.wire;

import java.nio.ByteBuffer;

/**
 * The header of a binary message, which carries a piece of a file.
 *
 * <pre>
 * byte 0      1: data of a file
 * bytes 1–3   0
 * bytes 4–7   transfer, big-endian, 1 or more
 * bytes 8–15  offset of the first byte in the file, big-endian
 * bytes 16–   data, 1 byte or more
 * </pre>
 *
 * @param transfer which transfer it belongs to
 * @param offset of the first byte in the file
 */
public record Frame(int transfer, long offset) {

  /** Bytes of the header. */
  public static final int HEADER = 16;

  /**
   * Fewest bytes of data in a frame that is not the last of its file. Keeps the cost of a window in
   * memory near its size.
   */
  public static final int LEAST_DATA = 1000;

  private static final int DATA = 1;

  /** Writes the header to the first bytes of the buffer, whatever its position. */
  public void write(ByteBuffer buffer) {
    buffer.putInt(0, DATA << 24).putInt(4, transfer).putLong(8, offset);
  }

  /**
   * Reads the header and leaves the data in the buffer.
   *
   * @throws WireException if it is not one
   */
  public static Frame read(ByteBuffer message) {
    if (message.remaining() <= HEADER) {
      throw new WireException(
          "A binary message has a header of %d bytes and data, but this one has %d bytes."
              .formatted(HEADER, message.remaining()));
    }
    int kind = message.getInt();
    if (kind != DATA << 24) {
      throw new WireException("A binary message of kind 0x%08X is not known.".formatted(kind));
    }
    Frame frame = new Frame(message.getInt(), message.getLong());
    if (frame.transfer < 1 || frame.offset < 0) {
      throw new WireException(
          "A binary message names transfer %d and offset %d; they are at least 1 and 0."
              .formatted(frame.transfer, frame.offset));
    }
    return frame;
  }
}
