package org.peerworks.job.api;

import java.util.Objects;

/**
 * A version of a job type as it stood when it was asked for.
 *
 * @param type name of the job type
 * @param version as {@link JobType#VERSION}
 * @param bundleId of the bundle that it runs from; -1 if it is not running
 * @param state where it stands
 * @param reason why it stands there, in words; may be blank
 * @param share percent of the new jobs of its type that go to it, 0 to 100
 * @param running jobs that run on it
 * @param queued jobs that wait for it
 * @param ended how many of its first jobs have ended, as far as they are counted
 * @param failed how many of those failed, not through their owner
 */
public record JobTypeVersion(
    String type,
    String version,
    long bundleId,
    State state,
    String reason,
    int share,
    int running,
    int queued,
    int ended,
    int failed) {

  /** Where a version stands. */
  public enum State {
    /** Takes new jobs. */
    ACTIVE,
    /** Takes new jobs; its first ones are watched. */
    ON_TRIAL,
    /** Healthy; takes no new jobs, for another version does. */
    STANDBY,
    /** An operator lets it take no new jobs. */
    RETIRED,
    /** Too many of its first jobs failed. Takes new jobs only where no other version is here. */
    WITHDRAWN,
    /** Not running: its bundle is stopped or gone. */
    STOPPED
  }

  public JobTypeVersion {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(reason, "reason");
  }

  /** Whether it takes no new jobs and has none left. */
  public boolean isIdle() {
    return share == 0 && running == 0 && queued == 0;
  }
}
