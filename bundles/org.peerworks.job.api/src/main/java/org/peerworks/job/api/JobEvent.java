package org.peerworks.job.api;

import java.time.Instant;

/**
 * Something that happened to a job. Numbers rise over all jobs of a worker and survive its restart.
 */
public sealed interface JobEvent {

  /** 1 or more; unique on the worker. Numbers may have gaps. */
  long number();

  String jobId();

  Instant time();

  /**
   * The job reached a state.
   *
   * @param reason as {@link Job#reason()}
   */
  record StateChanged(long number, String jobId, Instant time, JobState state, String reason)
      implements JobEvent {}

  /**
   * The queued job has another place now.
   *
   * @param position 1 for the next to run
   */
  record QueueMoved(long number, String jobId, Instant time, int position) implements JobEvent {}

  /** The running job got on. Progress may be thinned out to two events per second. */
  record Progressed(long number, String jobId, Instant time, Progress progress)
      implements JobEvent {}
}
