package org.peerworks.job.engine.internal;

import org.peerworks.job.api.JobState;

/**
 * Why a running job is to end before it is done.
 *
 * @param state the final state it gets
 * @param reason one sentence
 * @param hurry whether the worker has no time for the full grace
 */
record Stop(JobState state, String reason, boolean hurry) {

  static Stop cancelled(String by) {
    return new Stop(JobState.CANCELLED, "Cancelled by " + by + ".", false);
  }

  static Stop failed(String reason) {
    return new Stop(JobState.FAILED, reason, false);
  }

  /** Of a job that goes on at the next start: its programs are left alone. */
  static Stop workerPauses() {
    return new Stop(JobState.RUNNING, "The worker was stopped.", true);
  }

  /** Whether it is no end: the job goes on when there is a worker, or its type, again. */
  boolean isPause() {
    return state == JobState.RUNNING;
  }

  static Stop workerStopped() {
    return new Stop(JobState.FAILED, "The worker was stopped.", true);
  }
}
