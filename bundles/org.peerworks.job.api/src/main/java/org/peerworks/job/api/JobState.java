package org.peerworks.job.api;

/** Where a job stands. Every state but the first two is final. */
public enum JobState {
  /** Accepted and durable; waits for slots. */
  QUEUED,
  /** Holds its slots; its type runs. */
  RUNNING,
  /** Ended as its type meant it to. */
  SUCCEEDED,
  /** Its type, its program or its input failed. */
  FAILED,
  /** Ended because its owner or an operator asked for it. */
  CANCELLED,
  /** Ended because it ran longer than it was allowed to. */
  TIMED_OUT,
  /** Its program vanished without a trace. */
  LOST;

  public boolean isFinal() {
    return this != QUEUED && this != RUNNING;
  }
}
