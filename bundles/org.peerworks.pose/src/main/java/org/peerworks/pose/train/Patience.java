package org.peerworks.pose.train;

import java.util.Optional;
import org.peerworks.pose.config.TrainerConfig.EarlyStopping;

/** Knows when to stop because nothing gets better any more. */
final class Patience {

  /**
   * How long it has waited.
   *
   * @param best smallest validation loss that counted; infinite before the first one
   * @param waited epochs since then
   */
  record State(double best, int waited) {
    static final State NEW = new State(Double.POSITIVE_INFINITY, 0);
  }

  private final Optional<EarlyStopping> settings;
  private double best = State.NEW.best();
  private int waited;

  Patience(Optional<EarlyStopping> settings) {
    this.settings = settings;
  }

  State state() {
    return new State(best, waited);
  }

  /** Goes on with what an earlier training knew. */
  void resume(State earlier) {
    best = earlier.best();
    waited = earlier.waited();
  }

  /** Called after each epoch; whether that was enough. */
  boolean exhausted(double validationLoss) {
    if (settings.isEmpty()) {
      return false;
    }
    if (validationLoss < best - settings.get().minDelta()) {
      best = validationLoss;
      waited = 0;
      return false;
    }
    waited++;
    return waited >= Math.max(1, settings.get().patience());
  }
}
