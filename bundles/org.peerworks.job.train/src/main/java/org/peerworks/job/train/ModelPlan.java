package org.peerworks.job.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One model to train.
 *
 * @param name of the configuration without its ending
 * @param folder that the model is returned in
 * @param type of the model, for example {@code centroid}; blank if it is not known
 * @param epochs at most; 0 if the configuration does not say
 * @param arguments of the trainer, run in the package's root; without the ports to talk by
 * @param ports settings of ports that the configuration has
 */
record ModelPlan(
    String name,
    String folder,
    String type,
    long epochs,
    List<String> arguments,
    List<String> ports) {

  ModelPlan {
    arguments = List.copyOf(arguments);
    ports = List.copyOf(ports);
  }

  /** The trainer's arguments with the ports to talk by, if any. */
  List<String> arguments(Optional<TrainerPorts> talk) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(TrainerPorts.arguments(talk, ports));
    return all;
  }

  /** A step's name: letters, digits, {@code . _ -}, at most 64 characters. */
  String step(int number) {
    String step = "train-" + number + "-" + name.replaceAll("[^A-Za-z0-9._-]", "-");
    return step.length() <= 64 ? step : step.substring(0, 64);
  }
}
