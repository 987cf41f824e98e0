package org.peerworks.transport.webrtc;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Direct memory for messages on their way to the native library, used again by the next connection:
 * the garbage collector gives such memory back late. Thread-safe.
 */
final class Staging {

  private final Queue<ByteBuffer> spare = new ConcurrentLinkedQueue<>();

  /** Memory for the largest message. */
  ByteBuffer take() {
    ByteBuffer buffer = spare.poll();
    return buffer == null ? ByteBuffer.allocateDirect(Sdp.LARGEST_MESSAGE) : buffer;
  }

  /** Takes the memory back; nobody may use it any more. */
  void give(ByteBuffer buffer) {
    spare.add(buffer);
  }
}
