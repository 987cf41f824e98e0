package org.peerworks.protocol.sleap.internal.worker;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobEvent;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.Jobs;
import org.peerworks.job.api.LogListener;
import org.peerworks.job.api.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that a client follows from its submit to its end. Thread-safe. */
final class FollowedJob {

  private static final Logger LOG = LoggerFactory.getLogger(FollowedJob.class);

  private final Jobs jobs;
  private final String jobId;
  private final Story story;
  private final int redrawsPerSecond;
  private final CompletableFuture<Void> logRead = new CompletableFuture<>();
  private final CompletableFuture<Void> eventsRead = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private Subscription events;
  private Subscription log;
  private boolean abandoned;

  /** In the engine's queue; 0 while it does not wait there. */
  private int place;

  private long toldAt;

  FollowedJob(Jobs jobs, String jobId, Story story, int redrawsPerSecond) {
    this.jobs = jobs;
    this.jobId = jobId;
    this.story = story;
    this.redrawsPerSecond = redrawsPerSecond;
  }

  String jobId() {
    return jobId;
  }

  Jobs jobs() {
    return jobs;
  }

  /** Completes when all is told, or nobody listens any more. */
  CompletionStage<Void> over() {
    return over.copy();
  }

  boolean isOver() {
    return over.isDone();
  }

  /** Begins to tell. Called once. */
  void begin() {
    Subscription watching = jobs.watch(jobId, 0, new Events());
    Subscription reading = jobs.followLog(jobId, 0, new Log());
    boolean late;
    synchronized (this) {
      events = watching;
      log = reading;
      late = abandoned;
    }
    if (late) {
      watching.close();
      reading.close();
    }
    CompletableFuture.allOf(logRead, eventsRead).whenComplete((done, failure) -> readToTheEnd());
  }

  private void readToTheEnd() {
    synchronized (this) {
      if (abandoned) {
        over.complete(null);
        return;
      }
    }
    jobs.get(jobId)
        .thenCompose(this::tellEnd)
        .whenComplete(
            (done, failure) -> {
              if (failure != null && !isAbandoned()) {
                LOG.warn("The end of job '{}' could not be told", jobId, failure);
                story.refused(refusal(failure));
              }
              over.complete(null);
            });
  }

  private CompletionStage<Void> tellEnd(Job job) {
    if (job.state().isFinal()) {
      return story.ended(jobs, job);
    }
    story.refused(
        new Refusal("UNAVAILABLE", "The worker cannot follow this job any more; it goes on."));
    return CompletableFuture.completedFuture(null);
  }

  private synchronized boolean isAbandoned() {
    return abandoned;
  }

  /** Tells of the wait in the queue again, if nothing was told of it for so long. */
  void tick(long now, long nanos) {
    int still;
    synchronized (this) {
      if (abandoned || place == 0 || now - toldAt < nanos) {
        return;
      }
      toldAt = now;
      still = place;
    }
    story.stillWaiting(still);
  }

  private synchronized void isAt(int position) {
    place = position;
    toldAt = System.nanoTime();
  }

  /** The client is gone: nothing more is told, and what is for it alone ends. */
  void abandon() {
    Subscription watching;
    Subscription reading;
    synchronized (this) {
      abandoned = true;
      watching = events;
      reading = log;
    }
    if (watching != null) {
      watching.close();
    }
    if (reading != null) {
      reading.close();
    }
    if (story.endsWithItsReader() && !over.isDone()) {
      jobs.cancel(jobId)
          .whenComplete(
              (job, failure) -> {
                if (failure != null) {
                  LOG.warn("Job '{}', which has no reader any more, goes on", jobId, failure);
                } else {
                  LOG.info("Job '{}' has ended with the client that waited for it", jobId);
                }
              });
    }
    over.complete(null);
  }

  static Refusal refusal(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof Refusal known) {
      return known;
    }
    if (cause instanceof JobException why) {
      return new Refusal(why.code().name(), why.getMessage(), why);
    }
    return new Refusal("INTERNAL", "A defect of the worker; its log has more.", cause);
  }

  /** Tells the log. */
  private final class Log implements LogListener {

    private final LogCutter cutter = new LogCutter();
    private CompletionStage<Void> last = CompletableFuture.completedFuture(null);
    private final Thinner thinner =
        new Thinner(
            (line, redraw) -> last = story.line(line, redraw), redrawsPerSecond, System::nanoTime);

    @Override
    public CompletionStage<Void> onChunk(long offset, ByteBuffer chunk) {
      cutter.add(chunk, thinner);
      return last;
    }

    @Override
    public void onEnd() {
      if (!isAbandoned()) {
        cutter.end(thinner);
        thinner.flush();
      }
      logRead.complete(null);
    }

    @Override
    public void onFailed(JobException why) {
      LOG.warn("The log of job '{}' cannot be told: {}", jobId, why.getMessage());
      logRead.complete(null);
    }
  }

  /** Tells what happens. */
  private final class Events implements JobEventListener {

    @Override
    public CompletionStage<Void> onEvent(JobEvent event) {
      if (!isAbandoned()) {
        if (event instanceof JobEvent.StateChanged changed && changed.state() != JobState.QUEUED) {
          isAt(0);
        }
        if (event instanceof JobEvent.QueueMoved moved && moved.position() > 0) {
          isAt(moved.position());
          return story.waiting(moved.position());
        }
        if (event instanceof JobEvent.Progressed progressed) {
          return story.progress(progressed.progress());
        }
        if (event instanceof JobEvent.Reported reported) {
          return story.reported(reported.json());
        }
      }
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onEnd() {
      eventsRead.complete(null);
    }

    @Override
    public void onFailed(JobException why) {
      LOG.warn("The events of job '{}' cannot be told: {}", jobId, why.getMessage());
      eventsRead.complete(null);
    }
  }
}
