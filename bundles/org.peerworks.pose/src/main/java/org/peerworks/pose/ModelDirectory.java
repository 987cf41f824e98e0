package org.peerworks.pose;

import java.nio.file.Files;
import java.nio.file.Path;
import org.peerworks.pose.config.ConfigFile;

/** Where the files of a trained model lie. */
public record ModelDirectory(Path path) {

  private static final String WEIGHTS = "peerworks.safetensors";
  private static final String LAST = "last.safetensors";
  private static final String FOREIGN = "best.ckpt";

  /** The configuration as it was given. */
  public Path initialConfig() {
    return path.resolve("initial_config.yaml");
  }

  /** The configuration with all that the images and labels decided. */
  public Path trainingConfig() {
    return path.resolve("training_config.yaml");
  }

  /** One line per epoch. */
  public Path log() {
    return path.resolve("training_log.csv");
  }

  /** The weights of the best epoch so far. */
  public Path weights() {
    return path.resolve(WEIGHTS);
  }

  /** The weights of the last epoch so far, to go on from. */
  public Path lastWeights() {
    return path.resolve(LAST);
  }

  /** Opens a model that the built-in trainer trained; refuses those of others by name. */
  public ConfigFile open() throws UserError {
    if (!Files.isDirectory(path)) {
      throw UserError.data("There is no model directory '%s'.", path);
    }
    if (!Files.isRegularFile(weights())) {
      if (Files.exists(path.resolve(FOREIGN))) {
        throw UserError.data(
            "The model '%s' was trained by another program: it holds '%s', but not '%s'. Track with sleap-nn, or train it here.",
            path, FOREIGN, WEIGHTS);
      }
      throw UserError.data(
          "The directory '%s' holds no model of the built-in trainer: '%s' is missing.",
          path, WEIGHTS);
    }
    return ConfigFile.read(trainingConfig());
  }
}
