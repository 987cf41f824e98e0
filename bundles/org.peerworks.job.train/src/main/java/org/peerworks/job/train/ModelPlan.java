package org.peerworks.job.train;

import java.util.List;

/**
 * One model to train.
 *
 * @param name of the configuration without its ending
 * @param folder that the model is returned in
 * @param epochs at most; 0 if the configuration does not say
 * @param arguments of the trainer, run in the package's root
 */
record ModelPlan(String name, String folder, long epochs, List<String> arguments) {

  ModelPlan {
    arguments = List.copyOf(arguments);
  }

  /** A step's name: letters, digits, {@code . _ -}, at most 64 characters. */
  String step(int number) {
    String step = "train-" + number + "-" + name.replaceAll("[^A-Za-z0-9._-]", "-");
    return step.length() <= 64 ? step : step.substring(0, 64);
  }
}
