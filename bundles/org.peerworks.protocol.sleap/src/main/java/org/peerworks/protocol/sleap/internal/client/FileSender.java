package org.peerworks.protocol.sleap.internal.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.peerworks.protocol.sleap.internal.wire.Message;
import org.peerworks.transport.api.Channel;

/**
 * Sends a file as bare binary messages of at most 64 KiB (sleap-rtc wire format §2.1), with no more
 * than a window of bytes waiting. Thread-safe.
 */
final class FileSender {

  private static final int MOST_CHUNK = 64 << 10;
  private static final byte[] KEEP_ALIVE = Message.KEEP_ALIVE.getBytes(StandardCharsets.US_ASCII);

  private final Channel channel;
  private final FileChannel file;
  private final long size;
  private final int chunk;
  private final int window;
  private final LongConsumer progress;
  private final Executor pool;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private long read;
  private long sent;
  private long waiting;
  private boolean pumping;

  private FileSender(
      Channel channel,
      FileChannel file,
      long size,
      int window,
      LongConsumer progress,
      Executor pool) {
    this.channel = channel;
    this.file = file;
    this.size = size;
    this.chunk = Math.min(MOST_CHUNK, channel.maxMessageSize());
    this.window = window;
    this.progress = progress;
    this.pool = pool;
  }

  /**
   * @param size bytes to send, as they were announced
   * @param progress told the bytes that have left
   * @return completes when the last byte has left; fails with what went wrong. Cancel it to stop
   */
  static CompletableFuture<Void> send(
      Channel channel, Path path, long size, int window, LongConsumer progress, Executor pool) {
    try {
      FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
      FileSender sender = new FileSender(channel, file, size, window, progress, pool);
      sender.pumping = true;
      pool.execute(sender::pump);
      return sender.done;
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void pump() {
    try {
      while (mayRead()) {
        int length = (int) Math.min(chunk, size - read);
        ByteBuffer content = ByteBuffer.allocate(length);
        while (content.hasRemaining()) {
          if (file.read(content) < 0) {
            throw new IOException("The file became shorter while it was sent.");
          }
        }
        read += length;
        content.flip();
        if (looksLikeKeepAlive(content)) {
          // As one message the other side would take it for a sign of life, and drop it.
          send(content.slice(0, length / 2));
          send(content.slice(length / 2, length - length / 2));
        } else {
          send(content);
        }
      }
    } catch (IOException | RuntimeException e) {
      finish(e);
    }
  }

  private static boolean looksLikeKeepAlive(ByteBuffer content) {
    return content.equals(ByteBuffer.wrap(KEEP_ALIVE));
  }

  private boolean mayRead() {
    boolean over;
    synchronized (this) {
      over = done.isDone() || sent == size;
      if (!over && read < size && waiting < window) {
        return true;
      }
      pumping = false;
    }
    if (over) {
      finish(null);
    }
    return false;
  }

  private void send(ByteBuffer content) {
    int length = content.remaining();
    synchronized (this) {
      waiting += length;
    }
    channel.send(content).whenComplete((nothing, failure) -> left(length, failure));
  }

  private void left(int length, Throwable failure) {
    if (failure != null) {
      finish(failure);
      return;
    }
    boolean pump;
    long now;
    synchronized (this) {
      waiting -= length;
      sent += length;
      now = sent;
      pump = !pumping && (waiting <= window / 2 || sent == size);
      pumping |= pump;
    }
    progress.accept(now);
    if (pump) {
      pool.execute(this::pump);
    }
  }

  private void finish(Throwable failure) {
    try {
      file.close();
    } catch (IOException e) {
      done.completeExceptionally(e);
    }
    if (failure == null) {
      done.complete(null);
    } else {
      done.completeExceptionally(failure);
    }
  }
}
