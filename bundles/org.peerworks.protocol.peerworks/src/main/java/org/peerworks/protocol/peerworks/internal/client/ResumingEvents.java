package org.peerworks.protocol.peerworks.internal.client;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.peerworks.job.api.JobEvent;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.Subscription;

/** Events, over one connection after the other; goes on after the number that came last. */
final class ResumingEvents extends ResumingFeed {

  private final String jobId;
  private final JobEventListener listener;
  private volatile long after;

  ResumingEvents(
      Sessions sessions, Executor pool, String jobId, long after, JobEventListener listener) {
    super(sessions, pool);
    this.jobId = jobId;
    this.after = after;
    this.listener = listener;
  }

  @Override
  Subscription ask(RemoteJobs jobs, ClientSession session) {
    return jobs.watch(jobId, after, new OfSession(session));
  }

  @Override
  void tellEnd() {
    listener.onEnd();
  }

  @Override
  void tellFailure(JobException why) {
    listener.onFailed(why);
  }

  private final class OfSession implements JobEventListener {

    private final ClientSession session;

    OfSession(ClientSession session) {
      this.session = session;
    }

    @Override
    public CompletionStage<Void> onEvent(JobEvent event) {
      after = event.number();
      return delivered(listener.onEvent(event));
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
