package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.LogListener;

/**
 * Delivers a log piece by piece until its job is final; to who may not read it, nothing. Woken when
 * the log has grown or the job has ended; looks at nothing in between.
 */
final class LogDelivery extends Delivery {

  private static final int CHUNK = 64 * 1024;

  private final StoreReaders readers;
  private final Sight sight;
  private final String jobId;
  private final Path file;
  private final LogListener listener;
  private long offset;
  private boolean allowed;

  LogDelivery(
      Executor executor,
      ScheduledExecutorService timer,
      Consumer<Delivery> gone,
      StoreReaders readers,
      Sight sight,
      String jobId,
      Path file,
      long offset,
      LogListener listener) {
    super(executor, timer, gone);
    this.readers = readers;
    this.sight = sight;
    this.jobId = jobId;
    this.file = file;
    this.offset = offset;
    this.listener = listener;
  }

  boolean isOf(String id) {
    return jobId.equals(id);
  }

  @Override
  CompletionStage<Void> next() throws IOException, EndOfDelivery {
    if (!allowed) {
      requireAllowed();
    }
    ByteBuffer chunk = read();
    if (chunk == null && isFinal()) {
      chunk = read(); // what was written between the first look and the end
      if (chunk == null) {
        throw new EndOfDelivery();
      }
    }
    if (chunk == null) {
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

  @Override
  void fail(JobException why) {
    listener.onFailed(why);
  }

  private void requireAllowed() throws IOException, EndOfDelivery {
    Optional<StoredJob> job = readers.read(q -> q.job(jobId));
    if (job.isEmpty() || !sight.owns(job.get().ownerId())) {
      throw new EndOfDelivery();
    }
    allowed = true;
  }

  private boolean isFinal() throws IOException {
    return readers.read(q -> q.job(jobId)).map(job -> job.state().isFinal()).orElse(true);
  }

  /**
   * The next piece, or null. The file is open for this read only: a log may be followed for days.
   */
  private ByteBuffer read() throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      long rest = in.size() - offset;
      if (rest <= 0) {
        return null;
      }
      ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, rest));
      return in.read(chunk, offset) <= 0 ? null : chunk.flip().asReadOnlyBuffer();
    } catch (NoSuchFileException e) {
      return null; // nothing has been written yet
    }
  }
}
