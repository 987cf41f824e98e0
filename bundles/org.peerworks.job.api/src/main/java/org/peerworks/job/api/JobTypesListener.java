package org.peerworks.job.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Told what happens to versions of job types, after it is on stable storage: one call at a time, in
 * order, on a thread that does only this and may block.
 */
@ConsumerType
public interface JobTypesListener {

  /**
   * Too many of the first jobs of a version failed, so others take its new jobs from now on, if
   * there are any; {@link JobTypeVersion#reason()} says why.
   */
  default void onWithdrawn(JobTypeVersion version) {}

  /** As many of its first jobs as are counted have ended, and few enough of them failed. */
  default void onProven(JobTypeVersion version) {}

  /**
   * A version takes no new jobs and has none left ({@link JobTypeVersion#isIdle()}): its bundle can
   * go. It may get jobs again, if the one that takes them is withdrawn.
   */
  default void onIdle(JobTypeVersion version) {}
}
