package org.peerworks.pose.train;

import ai.djl.nn.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.peerworks.pose.ModelDirectory;
import org.peerworks.pose.UserError;
import org.peerworks.pose.net.Weights;

/**
 * How far a training had come when its weights were written.
 *
 * @param epochs that had ended
 * @param bestLoss smallest validation loss so far; infinite before the first one
 * @param learningRate of the next epoch
 */
record Checkpoint(int epochs, double bestLoss, double learningRate) {

  private static final String EPOCHS = "epochs";
  private static final String BEST_LOSS = "best_val_loss";
  private static final String LEARNING_RATE = "learning_rate";

  /** Writes the weights, whole or not at all. */
  void write(Block network, Path file) throws IOException {
    Weights.save(
        network,
        file,
        Map.of(
            EPOCHS, String.valueOf(epochs),
            BEST_LOSS, String.valueOf(bestLoss),
            LEARNING_RATE, String.valueOf(learningRate)));
  }

  /**
   * Finds the weights to go on from.
   *
   * @param path of a file, or of a model's directory
   * @throws UserError if there are none that the built-in trainer wrote
   */
  static Path find(Path path) throws UserError {
    ModelDirectory directory = new ModelDirectory(path);
    if (Files.isRegularFile(directory.lastWeights())) {
      return directory.lastWeights();
    }
    if (Files.isDirectory(path)) {
      directory.open();
      return directory.weights();
    }
    if (!path.toString().endsWith(".safetensors")) {
      throw UserError.data(
          "The checkpoint '%s' in 'trainer_config.resume_ckpt_path' is not one of the built-in trainer, which goes on from its own '.safetensors' or a model directory only.",
          path);
    }
    if (!Files.isRegularFile(path)) {
      throw UserError.data(
          "There is no checkpoint '%s', which 'trainer_config.resume_ckpt_path' names.", path);
    }
    return path;
  }

  /** Loads the weights, and tells how far they had come. */
  static Checkpoint read(Block network, Path file) throws UserError, IOException {
    Map<String, String> about = Weights.about(file);
    Weights.load(network, file);
    try {
      return new Checkpoint(
          Integer.parseInt(about.getOrDefault(EPOCHS, "0")),
          Double.parseDouble(about.getOrDefault(BEST_LOSS, "Infinity")),
          Double.parseDouble(about.getOrDefault(LEARNING_RATE, "0")));
    } catch (NumberFormatException e) {
      throw UserError.data(e, "The checkpoint '%s' does not tell how far it had come.", file);
    }
  }
}
