package org.peerworks.transport.direct;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import org.peerworks.transport.api.TransportException;

/** What is sent next, over all channels. Used by the thread that writes. */
final class Batch {

  private static final int MOST_BYTES = 128 << 10;
  private static final int MOST_BUFFERS = 128;

  private final ByteBuffer[] buffers = new ByteBuffer[MOST_BUFFERS];
  private List<Outbox.Message> completed = new ArrayList<>();
  private int count;
  private int bytes;

  /** Whether a message's part, with its header, has no room any more. */
  boolean full() {
    return bytes >= MOST_BYTES || count > MOST_BUFFERS - 2;
  }

  boolean isEmpty() {
    return count == 0;
  }

  void add(ByteBuffer buffer) {
    buffers[count++] = buffer;
    bytes += buffer.remaining();
  }

  /** With this batch the last of a message is sent. */
  void completes(Outbox.Message message) {
    completed.add(message);
  }

  ByteBuffer[] buffers() {
    return buffers;
  }

  int count() {
    return count;
  }

  /** Messages that are sent whole with this batch. */
  List<Outbox.Message> completed() {
    return completed;
  }

  /** All of it was handed to the network. */
  void sent(Executor pool) {
    List<Outbox.Message> done = clear();
    if (!done.isEmpty()) {
      // Whoever waits must not run on the thread that sends.
      pool.execute(() -> done.forEach(message -> message.done().complete(null)));
    }
  }

  /** Nobody knows how much of it was handed to the network. */
  void failed(Executor pool, String reason) {
    List<Outbox.Message> lost = clear();
    if (!lost.isEmpty()) {
      pool.execute(
          () ->
              lost.forEach(
                  message -> message.done().completeExceptionally(new TransportException(reason))));
    }
  }

  private List<Outbox.Message> clear() {
    List<Outbox.Message> messages = completed;
    completed = new ArrayList<>();
    Arrays.fill(buffers, 0, count, null);
    count = 0;
    bytes = 0;
    return messages;
  }
}
