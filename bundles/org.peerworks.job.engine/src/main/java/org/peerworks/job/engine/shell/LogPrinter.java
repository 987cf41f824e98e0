package org.peerworks.job.engine.shell;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.LogListener;

/** Prints a log to a terminal, and knows when it has caught up. */
final class LogPrinter implements LogListener {

  /** A log that grew by nothing for this long has been printed as far as it goes. */
  private static final long QUIET_MILLIS = 300;

  private final PrintStream out;
  private final CompletableFuture<Void> ended;
  private volatile long lastChunk = System.nanoTime();

  LogPrinter(PrintStream out, CompletableFuture<Void> ended) {
    this.out = out;
    this.ended = ended;
  }

  @Override
  public CompletionStage<Void> onChunk(long offset, ByteBuffer chunk) {
    byte[] bytes = new byte[chunk.remaining()];
    chunk.get(bytes);
    out.write(bytes, 0, bytes.length);
    out.flush();
    lastChunk = System.nanoTime();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onEnd() {
    ended.complete(null);
  }

  @Override
  public void onFailed(JobException why) {
    ended.completeExceptionally(why);
  }

  /**
   * @param toTheEnd whether to wait for the job's end
   */
  void await(boolean toTheEnd) throws InterruptedException {
    while (!ended.isDone()) {
      try {
        ended.get(QUIET_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (!toTheEnd
            && System.nanoTime() - lastChunk > TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS)) {
          return;
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof JobException why) {
          throw why;
        }
        throw new IllegalStateException("The log ended with a failure.", e);
      }
    }
  }
}
