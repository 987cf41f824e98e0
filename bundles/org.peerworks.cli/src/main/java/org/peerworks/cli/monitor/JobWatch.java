package org.peerworks.cli.monitor;

import org.peerworks.cli.connect.Connection;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobEvent;

/** Hears of a job besides the console. Called from any thread: be quick. */
public interface JobWatch extends AutoCloseable {

  /** Hears nothing. */
  JobWatch NONE = new JobWatch() {};

  /** Something for people, as it stands on the console. */
  default void say(String line) {}

  /** The worker has taken the job. */
  default void accepted(Connection connection, String jobId) {}

  default void event(JobEvent event) {}

  /** The job is final. */
  default void ended(Job job) {}

  @Override
  default void close() {}
}
