package org.peerworks.pose.train;

import java.util.Optional;
import org.peerworks.pose.config.TrainerConfig.EarlyStopping;

/** Knows when to stop because nothing gets better any more. */
final class Patience {

  private final Optional<EarlyStopping> settings;
  private double best = Double.POSITIVE_INFINITY;
  private int waited;

  Patience(Optional<EarlyStopping> settings) {
    this.settings = settings;
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
