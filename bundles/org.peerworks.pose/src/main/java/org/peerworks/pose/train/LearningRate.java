package org.peerworks.pose.train;

import ai.djl.training.tracker.Tracker;
import java.util.Optional;
import org.peerworks.pose.config.TrainerConfig.Plateau;
import org.peerworks.pose.config.TrainerConfig.Step;

/** The learning rate, lowered between epochs (as PyTorch's ReduceLROnPlateau and StepLR do). */
final class LearningRate implements Tracker {

  /**
   * Where it has got to.
   *
   * @param rate of the next epoch; 0 for the configured one
   * @param best smallest validation loss that counted; infinite before the first one
   * @param badEpochs since then
   * @param coolingDown epochs in which none counts as bad
   * @param epochs that have ended
   */
  record State(double rate, double best, int badEpochs, int coolingDown, int epochs) {}

  private final Optional<Plateau> plateau;
  private final Optional<Step> step;
  private double rate;
  private double best = Double.POSITIVE_INFINITY;
  private int badEpochs;
  private int coolingDown;
  private int epochs;

  LearningRate(double rate, Optional<Plateau> plateau, Optional<Step> step) {
    this.rate = rate;
    this.plateau = plateau;
    this.step = step;
  }

  double rate() {
    return rate;
  }

  @Override
  public float getNewValue(int update) {
    return (float) rate;
  }

  State state() {
    return new State(rate, best, badEpochs, coolingDown, epochs);
  }

  /** Goes on with what an earlier training knew. */
  void resume(State earlier) {
    if (earlier.rate() > 0) {
      rate = earlier.rate();
    }
    best = earlier.best();
    badEpochs = earlier.badEpochs();
    coolingDown = earlier.coolingDown();
    epochs = earlier.epochs();
  }

  /** Called after each epoch. */
  void epochEnded(double validationLoss) {
    epochs++;
    step.filter(every -> epochs % every.size() == 0).ifPresent(every -> rate *= every.gamma());
    plateau.ifPresent(settings -> epochEnded(validationLoss, settings));
  }

  private void epochEnded(double loss, Plateau settings) {
    double limit =
        settings.relative() ? best * (1 - settings.threshold()) : best - settings.threshold();
    if (loss < limit) {
      best = loss;
      badEpochs = 0;
    } else {
      badEpochs++;
    }
    if (coolingDown > 0) {
      coolingDown--;
      badEpochs = 0;
    }
    if (badEpochs > settings.patience()) {
      rate = Math.max(settings.leastRate(), rate * settings.factor());
      coolingDown = settings.cooldown();
      badEpochs = 0;
    }
  }
}
