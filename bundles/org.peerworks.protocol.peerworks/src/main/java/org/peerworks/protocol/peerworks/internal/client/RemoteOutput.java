package org.peerworks.protocol.peerworks.internal.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.IntConsumer;
import org.peerworks.protocol.peerworks.internal.wire.Frame;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.protocol.peerworks.internal.wire.Link;
import org.peerworks.protocol.peerworks.internal.wire.WireException;

/** An output of a job while it is read over one connection. Holds at most a window of it. */
final class RemoteOutput implements ReadableByteChannel {

  private final int id;
  private final Link link;
  private final long size;
  private final String sha256;
  private final int window;
  private final IntConsumer remove;
  private final Queue<ByteBuffer> waiting = new ArrayDeque<>();
  private long received;
  private long read;
  private long granted;
  private boolean finished;
  private boolean closed;
  private String failure;

  /**
   * @param remove told when nothing more may come
   */
  RemoteOutput(
      int id, Link link, long offset, long size, String sha256, int window, IntConsumer remove) {
    this.id = id;
    this.link = link;
    this.size = size;
    this.sha256 = sha256;
    this.window = window;
    this.remove = remove;
    this.received = offset;
    this.read = offset;
    this.granted = offset;
  }

  /** Of the whole output, in bytes. */
  long size() {
    return size;
  }

  /** Of the whole output. */
  String sha256() {
    return sha256;
  }

  synchronized void begin() {
    if (read == size) {
      // The worker says so too, but maybe before this was made.
      finished = true;
      remove.accept(id);
    } else {
      grant();
    }
  }

  /** With the lock held. */
  private void grant() {
    granted = Math.min(size, read + window);
    link.send(Json.message("ack").put("transfer", id).put("offset", read).put("grant", granted));
  }

  synchronized void add(long offset, ByteBuffer data) {
    if (closed || failure != null) {
      return;
    }
    long end = offset + data.remaining();
    if (offset != received || end > granted) {
      throw new WireException(
          "Bytes %d to %d of transfer %d came where bytes from %d to at most %d were asked for."
              .formatted(offset, end, id, received, granted));
    }
    if (data.remaining() < Frame.LEAST_DATA && end != size) {
      throw new WireException(
          "A binary message has %d bytes of data, but only the last one of a file may have fewer than %d."
              .formatted(data.remaining(), Frame.LEAST_DATA));
    }
    received = end;
    waiting.add(data);
    notifyAll();
  }

  void finished() {
    synchronized (this) {
      if (received != size) {
        // The end of the link then tells the reader.
        throw new WireException(
            "Transfer %d ended at byte %d of %d.".formatted(id, received, size));
      }
      finished = true;
      notifyAll();
    }
    remove.accept(id);
  }

  /** Nothing more comes; what has come can still be read. */
  void fail(String reason) {
    remove.accept(id);
    synchronized (this) {
      if (!finished && failure == null) {
        failure = reason;
        notifyAll();
      }
    }
  }

  @Override
  public synchronized int read(ByteBuffer target) throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (!target.hasRemaining()) {
      return 0;
    }
    await();
    if (waiting.isEmpty()) {
      return -1;
    }
    int count = 0;
    while (!waiting.isEmpty() && target.hasRemaining()) {
      count += take(waiting.peek(), target);
      if (!waiting.peek().hasRemaining()) {
        waiting.remove();
      }
    }
    read += count;
    if (granted < size && granted - read <= window - window / 4) {
      grant();
    }
    return count;
  }

  private static int take(ByteBuffer source, ByteBuffer target) {
    int count = Math.min(source.remaining(), target.remaining());
    target.put(source.slice(source.position(), count));
    source.position(source.position() + count);
    return count;
  }

  private void await() throws IOException {
    while (waiting.isEmpty()) {
      if (failure != null) {
        throw new IOException(failure);
      }
      if (finished) {
        return;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        close();
        Thread.currentThread().interrupt();
        throw new ClosedByInterruptException();
      }
      if (closed) {
        throw new AsynchronousCloseException();
      }
    }
  }

  @Override
  public synchronized boolean isOpen() {
    return !closed;
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      waiting.clear();
      notifyAll();
      if (finished || failure != null) {
        return;
      }
    }
    remove.accept(id);
    link.send(Json.message("abort").put("transfer", id));
  }
}
