package org.peerworks.protocol.sleap.internal.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.peerworks.job.api.JobOutput;
import org.peerworks.job.api.Jobs;
import org.peerworks.protocol.sleap.internal.wire.EndOfFile;
import org.peerworks.protocol.sleap.internal.wire.FileMeta;

/** Sends a job's files to its client, one at a time (§2.3). */
final class Results {

  /** Bytes of a piece; clients of all generations expect this size from a worker (§2.1). */
  static final int PIECE = 32 << 10;

  /** Pieces that wait in the channel, so that signs of life and logs do not wait behind more. */
  private static final int WINDOW = 32;

  /** End of central directory of a zip without entries (APPNOTE 4.3.16). */
  private static final byte[] EMPTY_ARCHIVE = Arrays.copyOf(new byte[] {'P', 'K', 5, 6}, 22);

  private final Lane lane;
  private final Executor pool;

  Results(Lane lane, Executor pool) {
    this.lane = lane;
    this.pool = pool;
  }

  /**
   * @param hint where the client wants it, as it said itself
   * @return completes when all of it has left
   */
  CompletionStage<Void> send(Jobs jobs, String jobId, JobOutput output, String hint) {
    return jobs.openOutput(jobId, output.name(), 0)
        .thenComposeAsync(source -> send(source, output, hint), pool);
  }

  /** Sends an archive with nothing in it, to a client that waits for one whatever has happened. */
  CompletionStage<Void> sendEmptyArchive(String name, String hint) {
    lane.send(new FileMeta(name, EMPTY_ARCHIVE.length, FileMeta.hint(hint)));
    lane.send(ByteBuffer.wrap(EMPTY_ARCHIVE.clone()));
    return lane.send(new EndOfFile());
  }

  private CompletionStage<Void> send(ReadableByteChannel source, JobOutput output, String hint) {
    try (source) {
      lane.send(new FileMeta(output.name(), output.size(), FileMeta.hint(hint)));
      long sent = pump(source, output.size());
      if (sent != output.size()) {
        throw new IOException(
            "The output '%s' has %d bytes, but %d were read."
                .formatted(output.name(), output.size(), sent));
      }
      return lane.send(new EndOfFile());
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CompletableFuture.failedFuture(e);
    }
  }

  private long pump(ReadableByteChannel source, long size)
      throws IOException, InterruptedException {
    int pieceSize = Math.min(PIECE, lane.maxMessageSize());
    Semaphore window = new Semaphore(WINDOW);
    CompletableFuture<Void> failed = new CompletableFuture<>();
    long sent = 0;
    while (sent < size) {
      ByteBuffer piece = ByteBuffer.allocate((int) Math.min(pieceSize, size - sent));
      while (piece.hasRemaining() && source.read(piece) >= 0) {
        // until the piece is full or the source has ended
      }
      if (piece.position() == 0) {
        return sent;
      }
      piece.flip();
      sent += piece.remaining();
      window.acquire();
      if (failed.isCompletedExceptionally()) {
        throw failure(failed);
      }
      lane.send(piece)
          .whenComplete(
              (done, failure) -> {
                if (failure != null) {
                  failed.completeExceptionally(failure);
                }
                window.release();
              });
    }
    window.acquire(WINDOW);
    if (failed.isCompletedExceptionally()) {
      throw failure(failed);
    }
    return sent;
  }

  private static IOException failure(CompletableFuture<Void> failed) {
    try {
      failed.join();
      throw new IllegalStateException("Nothing has failed.");
    } catch (CompletionException e) {
      return new IOException("The client is gone.", e.getCause());
    }
  }
}
