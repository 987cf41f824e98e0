package org.peerworks.protocol.sleap.internal.worker;

import java.util.Optional;
import org.peerworks.job.api.Jobs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the job that a client reads of, early or at once. Nothing of what a client sends reaches the
 * trainer itself (§6, S12).
 */
final class Steering {

  private static final Logger LOG = LoggerFactory.getLogger(Steering.class);

  private final JobQueue queue;
  private final Lane lane;

  Steering(JobQueue queue, Lane lane) {
    this.queue = queue;
    this.lane = lane;
  }

  /**
   * @param command {@code stop} or {@code cancel}; others are ignored
   */
  void command(String command) {
    switch (command) {
      case "stop" -> stop();
      case "cancel" -> cancel();
      default -> lane.note("sent an unknown command for the trainer, which was ignored");
    }
  }

  /** Ends it early with what it has; one that cannot do that, or has not begun, is cancelled. */
  void stop() {
    Optional<FollowedJob> job = queue.current();
    if (job.isEmpty()) {
      lane.note("wants to stop a job, but has none");
      return;
    }
    stop(job.get().jobs(), job.get().jobId());
  }

  static void stop(Jobs jobs, String id) {
    jobs.stop(id)
        .whenComplete(
            (stopped, failure) -> {
              if (failure != null) {
                LOG.info(
                    "Job '{}' cannot be ended early, so it is cancelled: {}",
                    id,
                    FollowedJob.refusal(failure).getMessage());
                cancel(jobs, id);
              }
            });
  }

  void cancel() {
    queue.current().ifPresentOrElse(job -> cancel(job.jobs(), job.jobId()), this::noJob);
  }

  private void noJob() {
    lane.note("wants to cancel a job, but has none");
  }

  static void cancel(Jobs jobs, String id) {
    jobs.cancel(id)
        .whenComplete(
            (cancelled, failure) -> {
              if (failure != null) {
                LOG.warn("Job '{}' could not be cancelled", id, failure);
              }
            });
  }
}
