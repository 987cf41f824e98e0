package org.peerworks.protocol.peerworks.internal.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.peerworks.protocol.peerworks.internal.model.Failures;

/**
 * An output of a job while it is read, over one connection after the other. If it is read from its
 * first byte on, its hash is checked before its end is told. Read by one thread at a time.
 */
final class ResumingOutput implements ReadableByteChannel {

  private record Part(ClientSession session, RemoteOutput output) {}

  private final Sessions sessions;
  private final String jobId;
  private final String name;
  private final String sha256;
  private final long size;
  private final MessageDigest digest;
  private CompletableFuture<Part> part;
  private long read;
  private boolean closed;

  private ResumingOutput(Sessions sessions, String jobId, String name, long offset, Part first) {
    this.sessions = sessions;
    this.jobId = jobId;
    this.name = name;
    this.sha256 = first.output().sha256();
    this.size = first.output().size();
    this.digest = offset == 0 ? newDigest() : null;
    this.part = CompletableFuture.completedFuture(first);
    this.read = offset;
  }

  static CompletionStage<ReadableByteChannel> open(
      Sessions sessions, String jobId, String name, long offset) {
    return part(sessions, jobId, name, offset)
        .thenApply(first -> new ResumingOutput(sessions, jobId, name, offset, first));
  }

  private static CompletionStage<Part> part(
      Sessions sessions, String jobId, String name, long offset) {
    return sessions.repeat(
        session ->
            session
                .jobs()
                .output(jobId, name, offset)
                .thenApply(output -> new Part(session, output)));
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    while (true) {
      Part from = part();
      int before = target.position();
      try {
        int count = from.output().read(target);
        if (count < 0) {
          checkHash();
          return -1;
        }
        if (digest != null) {
          digest.update(target.duplicate().flip().position(before));
        }
        read += count;
        return count;
      } catch (ClosedChannelException e) {
        throw e;
      } catch (IOException e) {
        if (!from.session().isOver()) {
          throw e;
        }
        goOn(from);
      }
    }
  }

  private synchronized void goOn(Part lost) throws IOException {
    if (closed) {
      throw new AsynchronousCloseException();
    }
    CompletableFuture<Part> next = new CompletableFuture<>();
    part = next;
    sessions
        .after(lost.session())
        .thenCompose(session -> part(sessions, jobId, name, read))
        .whenComplete(
            (opened, failure) -> {
              if (failure != null) {
                next.completeExceptionally(failure);
              } else if (!next.complete(opened)) {
                opened.output().close(); // nobody waits for it any more
              }
            });
  }

  private Part part() throws IOException {
    CompletableFuture<Part> next;
    synchronized (this) {
      if (closed) {
        throw new ClosedChannelException();
      }
      next = part;
    }
    Part found;
    try {
      found = next.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AsynchronousCloseException closedHere) {
        throw closedHere;
      }
      throw new IOException(Failures.refusal(e).getMessage(), e);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    }
    if (found.output().size() != size || !found.output().sha256().equals(sha256)) {
      close();
      throw new IOException(
          "The output '%s' is another one than before the connection was lost. Read it again."
              .formatted(name));
    }
    return found;
  }

  private void checkHash() throws IOException {
    if (digest == null) {
      return;
    }
    MessageDigest end;
    try {
      end = (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("The SHA-256 of this Java cannot be copied.", e);
    }
    String found = HexFormat.of().formatHex(end.digest());
    if (!found.equals(sha256)) {
      throw new IOException(
          "The output must have the SHA-256 %s, but what arrived has %s. Read it again."
              .formatted(sha256, found));
    }
  }

  @Override
  public synchronized boolean isOpen() {
    return !closed;
  }

  @Override
  public void close() {
    CompletableFuture<Part> last;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      last = part;
    }
    if (!last.completeExceptionally(new AsynchronousCloseException())) {
      last.thenAccept(open -> open.output().close());
    }
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256.", e);
    }
  }
}
