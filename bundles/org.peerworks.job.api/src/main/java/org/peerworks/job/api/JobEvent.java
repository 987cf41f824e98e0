package org.peerworks.job.api;

import java.time.Instant;

/**
 * Something that happened to a job. Numbers rise over all jobs of a worker and survive its restart.
 */
public sealed interface JobEvent {

  /**
   * 1 or more; unique on the worker. Numbers may have gaps. That of a {@link Reported} is the one
   * of the event before it on the same subscription, 0 if there was none, so that the last number
   * seen always says where to go on.
   */
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

  /**
   * The running job's program said something. Live only: it is not stored, it reaches those who
   * watch this one job at that time, and it may be left out for one who does not keep up.
   *
   * @param json one JSON object, at most 16 KiB as UTF-8; as trustworthy as the job's program and
   *     input, so never read it into types that it names
   */
  record Reported(long number, String jobId, Instant time, String json) implements JobEvent {}
}
