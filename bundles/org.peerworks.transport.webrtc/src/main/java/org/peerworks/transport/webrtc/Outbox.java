package org.peerworks.transport.webrtc;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.peerworks.transport.api.TransportException;

/** The messages of one channel that wait to be handed to the native library, in order. */
final class Outbox {

  /**
   * @param content position to limit
   * @param done completes when the message was handed over
   */
  record Message(ByteBuffer content, boolean binary, CompletableFuture<Void> done) {
    int size() {
      return content.remaining();
    }
  }

  private final Executor pool;
  private final Queue<Message> waiting = new ArrayDeque<>();
  private long bytes;
  private String closed;

  Outbox(Executor pool) {
    this.pool = pool;
  }

  synchronized CompletableFuture<Void> add(ByteBuffer content, boolean binary) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (closed != null) {
      done.completeExceptionally(new TransportException(closed));
      return done;
    }
    Message message = new Message(content, binary, done);
    bytes += message.size();
    waiting.add(message);
    return done;
  }

  synchronized Message next() {
    return waiting.peek();
  }

  /** The message of {@link #next} was handed over. */
  void sent() {
    Message message;
    synchronized (this) {
      message = waiting.poll();
      if (message == null) {
        return;
      }
      bytes -= message.size();
    }
    // Whoever waits must not run on the thread that sends.
    message.done().completeAsync(() -> null, pool);
  }

  synchronized long bytes() {
    return bytes;
  }

  /** Fails what waits, and whatever comes later. */
  void close(String reason) {
    Queue<Message> dropped;
    synchronized (this) {
      if (closed != null) {
        return;
      }
      closed = reason;
      dropped = new ArrayDeque<>(waiting);
      waiting.clear();
      bytes = 0;
    }
    for (Message message : dropped) {
      pool.execute(() -> message.done().completeExceptionally(new TransportException(reason)));
    }
  }
}
