package org.peerworks.transport.direct;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What goes over a connection, inside TLS: frames, each with a header of 8 bytes, big-endian.
 *
 * <pre>
 * byte 0      kind
 * bytes 1–3   length of what follows the header
 * bytes 4–7   channel; 0 for the connection itself
 * </pre>
 *
 * The side that has connected opens channels with odd numbers, the other one with even ones, each
 * in rising order. A message is one {@link #BINARY} or {@link #TEXT} frame, which begins with the
 * length of the whole message in four bytes, and as many {@link #MORE} frames as it takes; frames
 * of other channels may come in between. It may begin only if the receiver has granted {@link
 * #cost} bytes.
 */
final class Frames {

  /** First frame in each direction: {@link #VERSION} in four bytes. */
  static final int HELLO = 1;

  /** Opens a channel: bytes granted (4), flags (1), length of label (2), label, sub-protocol. */
  static final int OPEN = 2;

  /** The other side's channel is open: bytes granted (4). */
  static final int OPENED = 3;

  static final int BINARY = 4;
  static final int TEXT = 5;
  static final int MORE = 6;

  /** More bytes are granted (4). */
  static final int CREDIT = 7;

  /** A channel is closed, or was never opened: reason. */
  static final int CLOSE = 8;

  /** So that the other side hears something. */
  static final int PING = 9;

  /** The connection is closed: reason. */
  static final int GOODBYE = 10;

  static final int VERSION = 1;
  static final int HEADER = 8;

  /** Length of a message, in the first frame of it. */
  static final int TOTAL = 4;

  /** Largest message. */
  static final int LARGEST_MESSAGE = 256 << 10;

  /** Largest part of a message in one frame: with both headers, four records of TLS. */
  static final int LARGEST_PART = (64 << 10) - HEADER - TOTAL;

  /** Largest frame that carries no message. */
  static final int LARGEST_CONTROL = 4 << 10;

  static final int ORDERED = 1;

  private static final int MESSAGE_OVERHEAD = 64;
  private static final int MAX_REASON = 500;

  private Frames() {}

  /** What a message takes of what was granted: what it costs its receiver. */
  static int cost(int size) {
    return size + MESSAGE_OVERHEAD;
  }

  static ByteBuffer header(int kind, int length, int channel) {
    return ByteBuffer.allocate(HEADER).putInt(kind << 24 | length).putInt(channel).flip();
  }

  /** A header and the length of the whole message after it. */
  static ByteBuffer first(int kind, int part, int channel, int total) {
    return ByteBuffer.allocate(HEADER + TOTAL)
        .putInt(kind << 24 | part + TOTAL)
        .putInt(channel)
        .putInt(total)
        .flip();
  }

  static ByteBuffer number(int kind, int channel, int number) {
    return ByteBuffer.allocate(HEADER + 4)
        .putInt(kind << 24 | 4)
        .putInt(channel)
        .putInt(number)
        .flip();
  }

  static ByteBuffer reason(int kind, int channel, String reason) {
    String shown = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
    byte[] text = shown.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(HEADER + text.length)
        .putInt(kind << 24 | text.length)
        .putInt(channel)
        .put(text)
        .flip();
  }

  static ByteBuffer open(int channel, Opening opening) {
    byte[] label = opening.label().getBytes(StandardCharsets.UTF_8);
    byte[] protocol = opening.protocol().getBytes(StandardCharsets.UTF_8);
    int length = 7 + label.length + protocol.length;
    return ByteBuffer.allocate(HEADER + length)
        .putInt(OPEN << 24 | length)
        .putInt(channel)
        .putInt(opening.granted())
        .put((byte) (opening.ordered() ? ORDERED : 0))
        .putShort((short) label.length)
        .put(label)
        .put(protocol)
        .flip();
  }

  /** What an {@link #OPEN} frame says. */
  record Opening(int granted, boolean ordered, String label, String protocol) {

    /**
     * @throws FrameException if it is none
     */
    static Opening read(ByteBuffer content) throws FrameException {
      if (content.remaining() < 7) {
        throw new FrameException("opened a channel without saying how");
      }
      int granted = content.getInt();
      boolean ordered = (content.get() & ORDERED) != 0;
      int length = content.getShort() & 0xffff;
      if (granted < 0 || length > content.remaining()) {
        throw new FrameException("opened a channel in a way that makes no sense");
      }
      byte[] label = new byte[length];
      content.get(label);
      return new Opening(granted, ordered, text(label), text(content));
    }
  }

  static String text(ByteBuffer content) {
    byte[] text = new byte[content.remaining()];
    content.get(text);
    return text(text);
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }
}
