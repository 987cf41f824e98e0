package org.peerworks.pose.config;

import java.util.List;
import org.peerworks.pose.UserError;

/** All that a training run is told. */
public record TrainingConfig(DataConfig data, ModelConfig model, TrainerConfig trainer) {

  private static final List<String> ABOUT_ITSELF =
      List.of("name", "description", "sleap_nn_version", "filename");

  /** Reads the whole configuration; refuses by name what the built-in trainer does not have. */
  public static TrainingConfig of(ConfigFile file) throws UserError {
    Section root = file.root().ignore(ABOUT_ITSELF.toArray(String[]::new));
    TrainingConfig config =
        new TrainingConfig(
            DataConfig.of(root.section("data_config")),
            ModelConfig.of(root.section("model_config")),
            TrainerConfig.of(root.section("trainer_config")));
    root.end();
    return config;
  }
}
