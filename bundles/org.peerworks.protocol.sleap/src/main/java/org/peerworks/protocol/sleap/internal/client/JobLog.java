package org.peerworks.protocol.sleap.internal.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.LogListener;
import org.peerworks.job.api.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker has said of a job so far, in a file: the worker itself keeps no log that could be
 * asked for again. Thread-safe.
 */
final class JobLog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JobLog.class);
  private static final int MOST_CHUNK = 64 << 10;

  private final FileChannel file;
  private final long most;
  private final Executor pool;
  private final List<Follower> followers = new ArrayList<>();
  private long size;
  private boolean full;
  private boolean ended;

  /**
   * @param most bytes to keep; what comes after is left out, and the log says so
   */
  JobLog(Path path, long most, Executor pool) throws IOException {
    this.file =
        FileChannel.open(
            path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ);
    this.most = most;
    this.pool = pool;
  }

  void append(String text) {
    List<Follower> wake;
    synchronized (this) {
      if (ended || full) {
        return;
      }
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      if (size + bytes.length > most) {
        full = true;
        bytes =
            ("\n[The log is longer than " + (most >> 20) + " MiB; the rest is left out.]\n")
                .getBytes(StandardCharsets.UTF_8);
      }
      try {
        write(ByteBuffer.wrap(bytes));
      } catch (IOException e) {
        full = true;
        LOG.warn("The log of a job is no longer kept", e);
        return;
      }
      wake = List.copyOf(followers);
    }
    wake.forEach(Follower::wake);
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      size += file.write(bytes, size);
    }
  }

  void end() {
    List<Follower> wake;
    synchronized (this) {
      ended = true;
      wake = List.copyOf(followers);
    }
    wake.forEach(Follower::wake);
  }

  Subscription follow(long offset, LogListener listener) {
    Follower follower = new Follower(offset, listener);
    synchronized (this) {
      followers.add(follower);
    }
    follower.wake();
    return follower;
  }

  @Override
  public void close() throws IOException {
    end();
    file.close();
  }

  /** Delivers the log to one listener, chunk by chunk. */
  private final class Follower implements Subscription {

    private final LogListener listener;
    private long at;
    private boolean busy;
    private boolean closed;

    Follower(long offset, LogListener listener) {
      this.at = offset;
      this.listener = listener;
    }

    void wake() {
      synchronized (JobLog.this) {
        if (busy || closed) {
          return;
        }
        busy = true;
      }
      pool.execute(this::next);
    }

    private void next() {
      long more;
      synchronized (JobLog.this) {
        if (closed) {
          return;
        }
        more = size - at;
        if (more <= 0 && !ended) {
          busy = false;
          return;
        }
      }
      if (more <= 0) {
        close();
        listener.onEnd();
        return;
      }
      try {
        deliver((int) Math.min(more, MOST_CHUNK));
      } catch (IOException e) {
        close();
        listener.onFailed(
            new JobException(JobException.Code.UNAVAILABLE, "The log cannot be read any more.", e));
      }
    }

    private void deliver(int length) throws IOException {
      ByteBuffer chunk = ByteBuffer.allocate(length);
      while (chunk.hasRemaining() && file.read(chunk, at + chunk.position()) > 0) {
        // until the chunk is full
      }
      chunk.flip();
      long offset = at;
      at += chunk.remaining();
      CompletionStage<Void> taken = listener.onChunk(offset, chunk);
      taken.whenComplete(
          (nothing, failure) -> {
            if (failure == null) {
              pool.execute(this::next);
            } else {
              close();
            }
          });
    }

    @Override
    public void close() {
      synchronized (JobLog.this) {
        closed = true;
        followers.remove(this);
      }
    }
  }
}
