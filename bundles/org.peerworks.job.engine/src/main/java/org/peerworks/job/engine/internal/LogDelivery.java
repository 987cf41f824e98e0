package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.peerworks.job.api.LogListener;

/** Delivers a log piece by piece until its job is final. */
final class LogDelivery extends Delivery {

  /** Programs write to the file by themselves: how often to look whether it has grown. */
  private static final long LOOK_MILLIS = 100;

  private static final int CHUNK = 64 * 1024;

  private final ScheduledExecutorService timer;
  private final StoreReaders readers;
  private final String jobId;
  private final Path file;
  private final LogListener listener;
  private long offset;

  LogDelivery(
      Executor executor,
      Consumer<Delivery> gone,
      ScheduledExecutorService timer,
      StoreReaders readers,
      String jobId,
      Path file,
      long offset,
      LogListener listener) {
    super(executor, gone);
    this.timer = timer;
    this.readers = readers;
    this.jobId = jobId;
    this.file = file;
    this.offset = offset;
    this.listener = listener;
  }

  @Override
  CompletionStage<Void> next() throws IOException, EndOfDelivery {
    ByteBuffer chunk = read();
    if (chunk == null && isFinal()) {
      chunk = read(); // what was written between the first look and the end
      if (chunk == null) {
        throw new EndOfDelivery();
      }
    }
    if (chunk == null) {
      timer.schedule(this::wake, LOOK_MILLIS, TimeUnit.MILLISECONDS);
      return null;
    }
    long start = offset;
    offset += chunk.remaining();
    return listener.onChunk(start, chunk);
  }

  @Override
  void end() {
    listener.onEnd();
  }

  private boolean isFinal() throws IOException {
    return readers.read(q -> q.job(jobId)).map(job -> job.state().isFinal()).orElse(true);
  }

  /**
   * The next piece, or null. The file is open for this read only: a log may be followed for days.
   */
  private ByteBuffer read() throws IOException {
    if (!Files.exists(file) || Files.size(file) <= offset) {
      return null;
    }
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer chunk =
          ByteBuffer.allocate((int) Math.min(CHUNK, Math.max(1, in.size() - offset)));
      return in.read(chunk, offset) <= 0 ? null : chunk.flip().asReadOnlyBuffer();
    }
  }
}
