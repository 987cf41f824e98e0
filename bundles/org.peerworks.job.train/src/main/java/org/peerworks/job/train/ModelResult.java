package org.peerworks.job.train;

import java.util.Optional;

/**
 * How the training of one model went.
 *
 * @param reason why it did not succeed; blank if it did
 * @param stoppedEarly whether it was asked to end before it was done
 * @param path of the model on this worker, where that is beside its labels
 */
record ModelResult(
    ModelPlan plan,
    State state,
    double seconds,
    String reason,
    boolean stoppedEarly,
    Optional<String> path) {

  enum State {
    SUCCEEDED,
    FAILED,
    /** Not tried, because one before it failed or the job was stopped. */
    SKIPPED
  }

  static ModelResult skipped(ModelPlan plan, String reason) {
    return new ModelResult(plan, State.SKIPPED, 0, reason, false, Optional.empty());
  }

  static ModelResult failed(ModelPlan plan, double seconds, String reason) {
    return new ModelResult(plan, State.FAILED, seconds, reason, false, Optional.empty());
  }

  boolean succeeded() {
    return state == State.SUCCEEDED;
  }

  ModelResult at(Optional<String> path) {
    return new ModelResult(plan, state, seconds, reason, stoppedEarly, path);
  }
}
