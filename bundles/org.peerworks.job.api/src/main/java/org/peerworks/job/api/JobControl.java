package org.peerworks.job.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes what a running job is asked from outside. A job type hands it to {@link
 * JobContext#control}; it is called on a thread of the platform's, once at a time for each job, and
 * must return within seconds.
 */
@ConsumerType
public interface JobControl {

  /**
   * The job is to end early and keep what it has: {@link JobType#run} returns soon, with a result
   * that says so in its document, as {@code "stopped_early":true}. Called once at most for each run
   * of a job.
   */
  void stop();

  /**
   * A message for the job.
   *
   * @param json one JSON object, at most 16 KiB as UTF-8, from somebody who may steer the job:
   *     check it before anything is done with it
   * @throws JobException with {@link JobException.Code#INVALID} if the job knows no such message
   */
  default void tell(String json) {
    throw new JobException(
        JobException.Code.INVALID, "A job of this type takes no messages while it runs.");
  }
}
