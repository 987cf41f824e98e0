package org.peerworks.protocol.peerworks.internal.client;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.LogListener;
import org.peerworks.job.api.Subscription;

/** A log, over one connection after the other; goes on at the byte where it was. */
final class ResumingLog extends ResumingFeed {

  private final String jobId;
  private final LogListener listener;
  private volatile long offset;

  ResumingLog(Sessions sessions, Executor pool, String jobId, long offset, LogListener listener) {
    super(sessions, pool);
    this.jobId = jobId;
    this.offset = offset;
    this.listener = listener;
  }

  @Override
  Subscription ask(RemoteJobs jobs, ClientSession session) {
    return jobs.followLog(jobId, offset, new OfSession(session));
  }

  @Override
  void tellEnd() {
    listener.onEnd();
  }

  @Override
  void tellFailure(JobException why) {
    listener.onFailed(why);
  }

  private final class OfSession implements LogListener {

    private final ClientSession session;

    OfSession(ClientSession session) {
      this.session = session;
    }

    @Override
    public CompletionStage<Void> onChunk(long start, ByteBuffer chunk) {
      offset = start + chunk.remaining();
      return delivered(listener.onChunk(start, chunk));
    }

    @Override
    public void onEnd() {
      ended(session);
    }

    @Override
    public void onFailed(JobException why) {
      failed(session, why);
    }
  }
}
