package org.peerworks.transport.direct;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Puts the messages of one channel together from their frames, and sees that the other side sends
 * no more than it may. By the thread that reads, but for {@link #grant}.
 */
final class Assembly {

  private long granted;
  private ByteBuffer message;
  private boolean binary;

  Assembly(int window) {
    this.granted = window;
  }

  synchronized void grant(int more) {
    granted += more;
  }

  private synchronized boolean take(int cost) {
    if (granted < cost) {
      return false;
    }
    granted -= cost;
    return true;
  }

  /**
   * Reads the rest of a frame that belongs to a message.
   *
   * @return the message, if it is whole now; else {@code null}
   * @throws FrameException if the frame must not be there
   */
  byte[] read(FrameReader frame) throws IOException {
    int part = frame.length();
    if (frame.kind() != Frames.MORE) {
      part -= Frames.TOTAL;
      begin(frame, part);
    } else if (message == null || part == 0) {
      throw new FrameException("went on with a message that it had not begun");
    }
    if (part > message.remaining()) {
      throw new FrameException("sent more of a message than it had said");
    }
    frame.read(message.limit(message.position() + part));
    message.limit(message.capacity());
    if (message.hasRemaining()) {
      return null;
    }
    byte[] whole = message.array();
    message = null;
    return whole;
  }

  private void begin(FrameReader frame, int part) throws IOException {
    if (message != null) {
      throw new FrameException("began a message within another one");
    }
    if (part < 0) {
      throw new FrameException("began a message without its length");
    }
    ByteBuffer length = ByteBuffer.allocate(Frames.TOTAL);
    frame.read(length);
    int total = length.getInt(0);
    if (total < 0 || total > Frames.LARGEST_MESSAGE) {
      throw new FrameException(
          "sent a message of %d bytes; at most %d are taken"
              .formatted(total & 0xffffffffL, Frames.LARGEST_MESSAGE));
    }
    if (!take(Frames.cost(total))) {
      throw new FrameException("sent more than it was granted");
    }
    binary = frame.kind() == Frames.BINARY;
    message = ByteBuffer.wrap(new byte[total]);
  }

  /** Whether the message that was whole last is binary. */
  boolean binary() {
    return binary;
  }
}
