package org.peerworks.transport.direct;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.peerworks.transport.api.TransportException;

/** The messages of one channel that wait to be sent, in order, and how much may be sent. */
final class Outbox {

  /**
   * @param content position to limit
   * @param done completes when the message was handed to the network
   */
  record Message(ByteBuffer content, boolean binary, CompletableFuture<Void> done) {
    int size() {
      return content.remaining();
    }
  }

  private final int channel;
  private final Executor pool;
  private final Queue<Message> waiting = new ArrayDeque<>();
  private long bytes;
  private long granted;

  /** Of the first message that waits, how much is on its way. */
  private int begun;

  private String closed;

  Outbox(int channel, Executor pool) {
    this.channel = channel;
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

  /**
   * The other side takes so much more.
   *
   * @throws FrameException if that is more than anybody has
   */
  synchronized void grant(int more) throws FrameException {
    if (more < 0 || granted + more > Integer.MAX_VALUE) {
      throw new FrameException("granted more than there is");
    }
    granted += more;
  }

  /**
   * Adds the next part of a message to what is sent next.
   *
   * @return whether there is more that may be sent
   */
  synchronized boolean fill(Batch batch) {
    Message message = waiting.peek();
    if (message == null || !mayBegin(message)) {
      return false;
    }
    int size = message.size();
    int part = Math.min(Frames.LARGEST_PART, size - begun);
    if (begun == 0) {
      granted -= Frames.cost(size);
      int kind = message.binary() ? Frames.BINARY : Frames.TEXT;
      batch.add(Frames.first(kind, part, channel, size));
    } else {
      batch.add(Frames.header(Frames.MORE, part, channel));
    }
    ByteBuffer content = message.content();
    batch.add(content.slice(content.position() + begun, part));
    begun += part;
    if (begun == size) {
      waiting.remove();
      bytes -= size;
      begun = 0;
      batch.completes(message);
    }
    Message next = waiting.peek();
    return next != null && mayBegin(next);
  }

  /** Whether its next part may be sent. */
  private boolean mayBegin(Message message) {
    return begun > 0 || granted >= Frames.cost(message.size());
  }

  synchronized long bytes() {
    return bytes;
  }

  /** Fails what waits, and whatever comes later. */
  void close(String reason) {
    List<Message> dropped;
    synchronized (this) {
      if (closed != null) {
        return;
      }
      closed = reason;
      dropped = new ArrayList<>(waiting);
      waiting.clear();
      bytes = 0;
      begun = 0;
    }
    if (!dropped.isEmpty()) {
      pool.execute(
          () ->
              dropped.forEach(
                  message -> message.done().completeExceptionally(new TransportException(reason))));
    }
  }
}
