package org.peerworks.job.engine.internal;

import java.util.Objects;

/**
 * Where a version of a job type stands, whether it is running or not; what the store keeps of it.
 *
 * @param reason of its health, in words
 * @param share percent of the new jobs of its type; 0 if nothing was said
 * @param chosen whether it takes all jobs that no share sends elsewhere
 * @param ended how many of its first jobs have ended
 * @param failed how many of these failed through it
 */
record Standing(
    String type,
    String version,
    Health health,
    String reason,
    int share,
    boolean chosen,
    int ended,
    int failed) {

  private static final int MAX_REASON = 1000;

  /** What is thought of it. */
  enum Health {
    PROVEN,
    TRIAL,
    RETIRED,
    WITHDRAWN
  }

  Standing {
    Objects.requireNonNull(health, "health");
    reason = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) + "…" : reason;
  }

  /**
   * One that has just come.
   *
   * @param trial whether its first jobs are watched
   */
  static Standing fresh(String type, String version, boolean trial) {
    return new Standing(type, version, trial ? Health.TRIAL : Health.PROVEN, "", 0, false, 0, 0);
  }

  TypeKey key() {
    return new TypeKey(type, version);
  }

  boolean isHealthy() {
    return health == Health.PROVEN || health == Health.TRIAL;
  }

  /** Whether there is more to keep of it than that it was here. */
  boolean saysMuch() {
    return !isHealthy() || share > 0 || chosen;
  }

  /** Takes no new jobs, or only where there is no other. */
  Standing barred(Health why, String itsReason) {
    return new Standing(type, version, why, itsReason, 0, false, ended, failed);
  }

  Standing withShare(int percent) {
    return new Standing(type, version, health, reason, percent, false, ended, failed);
  }

  Standing withChosen(boolean now) {
    return new Standing(type, version, health, reason, now ? 0 : share, now, ended, failed);
  }

  /** One more of its first jobs has ended. */
  Standing counted(boolean itFailed) {
    return new Standing(
        type, version, health, reason, share, chosen, ended + 1, failed + (itFailed ? 1 : 0));
  }

  Standing proven() {
    return new Standing(type, version, Health.PROVEN, "", share, chosen, ended, failed);
  }
}
