package org.peerworks.protocol.sleap.internal.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.Jobs;
import org.peerworks.job.api.TransferListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of one channel. They are handed in at once and run when the engine lets them; they are
 * told one after the other, since the messages do not say which job they are about. Thread-safe.
 */
final class JobQueue {

  private static final Logger LOG = LoggerFactory.getLogger(JobQueue.class);

  private final WorkerLimits limits;
  private final Deque<FollowedJob> waiting = new ArrayDeque<>();
  private int submitting;
  private FollowedJob told;
  private boolean gone;

  JobQueue(WorkerLimits limits) {
    this.limits = limits;
  }

  /**
   * Hands in a job.
   *
   * @param submitted called once the engine has taken its inputs or refused
   */
  void submit(Supplier<Jobs> access, JobRequest request, Story story, Runnable submitted) {
    CompletionStage<Job> job;
    Jobs jobs;
    try {
      reserve();
    } catch (Refusal e) {
      submitted.run();
      story.refused(e);
      return;
    }
    try {
      jobs = access.get();
      job = jobs.submit(request, TransferListener.NONE);
    } catch (RuntimeException e) {
      release();
      submitted.run();
      story.refused(FollowedJob.refusal(e));
      return;
    }
    job.whenComplete(
        (accepted, failure) -> {
          submitted.run();
          if (failure != null) {
            release();
            refused(story, failure);
          } else {
            story.accepted(accepted);
            add(new FollowedJob(jobs, accepted.id(), story, limits.redrawsPerSecond()));
          }
        });
  }

  private static void refused(Story story, Throwable failure) {
    Refusal why = FollowedJob.refusal(failure);
    if (why.code().equals("INTERNAL")) {
      LOG.error("A job could not be handed in", failure);
    }
    story.refused(why);
  }

  private synchronized void reserve() {
    if (count() >= limits.jobs()) {
      throw new Refusal(
          "LIMIT",
          "At most %d jobs may run or wait on one connection. Wait for one to end."
              .formatted(limits.jobs()));
    }
    submitting++;
  }

  private synchronized void release() {
    submitting--;
  }

  private void add(FollowedJob job) {
    boolean late;
    synchronized (this) {
      submitting--;
      waiting.add(job);
      late = gone;
    }
    if (late) {
      job.abandon();
    } else {
      next();
    }
  }

  private void next() {
    FollowedJob job;
    synchronized (this) {
      if (gone || (told != null && !told.isOver()) || waiting.isEmpty()) {
        return;
      }
      job = waiting.poll();
      told = job;
    }
    job.over().whenComplete((done, failure) -> next());
    job.begin();
  }

  /** The job that the client reads of, or else the next one. */
  synchronized Optional<FollowedJob> current() {
    return told != null && !told.isOver() ? Optional.of(told) : Optional.ofNullable(waiting.peek());
  }

  /** Lets a job that waits for the worker be told again, if nothing was for so long. */
  void tick(long now, long nanos) {
    FollowedJob job;
    synchronized (this) {
      job = told;
    }
    if (job != null && !job.isOver()) {
      job.tick(now, nanos);
    }
  }

  private int count() {
    return submitting + waiting.size() + (told != null && !told.isOver() ? 1 : 0);
  }

  synchronized boolean isEmpty() {
    return count() == 0;
  }

  /** The client is gone. */
  void abandon() {
    List<FollowedJob> all;
    synchronized (this) {
      gone = true;
      all = new ArrayList<>(waiting);
      waiting.clear();
      if (told != null) {
        all.add(told);
      }
    }
    all.forEach(FollowedJob::abandon);
  }
}
