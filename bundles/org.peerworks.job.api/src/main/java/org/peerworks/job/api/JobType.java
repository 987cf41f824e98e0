package org.peerworks.job.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows how to do one kind of work. Register it as a service with the properties {@link #TYPE} and
 * {@link #SCHEMA}, and where the defaults do not fit {@link #VERSION}, {@link #SLOTS}, {@link
 * #RESTART} and {@link #CONTROL}.
 *
 * <p>One instance runs many jobs, also at the same time.
 */
@ConsumerType
public interface JobType {

  /**
   * Service property: the name, lower-case letters, digits and {@code -}; at most 40 characters.
   */
  String TYPE = "job.type";

  /**
   * Service property: the version; default: the version of the bundle that registers the service.
   */
  String VERSION = "job.version";

  /** Service property: kind of slot, {@code cpu} (default) or {@code gpu}. */
  String SLOTS = "job.slots";

  /**
   * Service property: what becomes of its running jobs when the worker, or the bundle of the type,
   * goes away: {@code rerun}, they go on with what comes in its place ({@link JobContext#step}), or
   * {@code fail} (default).
   */
  String RESTART = "job.restart";

  /**
   * Service property: the path of the parameters' JSON Schema, a resource in the registering
   * bundle.
   */
  String SCHEMA = "job.schema";

  /**
   * Service property: {@code true} if jobs of this type can be ended early and told something while
   * they run, by the {@link JobControl} that they hand to {@link JobContext#control}; default: they
   * cannot.
   */
  String CONTROL = "job.control";

  /**
   * Does one job. Of a type with {@link #RESTART} {@code rerun} it may be called again for the same
   * job, also of another instance, after the worker or the type's bundle went away (see {@link
   * JobContext#step}).
   *
   * @param context what the job has; valid until this returns
   * @return how it went; a failure that the caller can understand is a result, not an exception
   * @throws JobStopped thrown by the context when the job is cancelled or out of time: let it pass
   * @throws Exception anything else fails the job with the exception's message as reason
   */
  JobResult run(JobContext context) throws Exception;
}
