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
 * @param rate the learning rate, and what lowers it
 * @param patience what stops the training early
 */
record Checkpoint(int epochs, double bestLoss, LearningRate.State rate, Patience.State patience) {

  private static final String EPOCHS = "epochs";
  private static final String BEST_LOSS = "best_val_loss";
  private static final String LEARNING_RATE = "learning_rate";
  private static final String PLATEAU_BEST = "plateau_best_val_loss";
  private static final String PLATEAU_BAD = "plateau_bad_epochs";
  private static final String PLATEAU_COOLING = "plateau_cooling_down";
  private static final String PATIENCE_BEST = "patience_best_val_loss";
  private static final String PATIENCE_WAITED = "patience_waited";

  /** Writes the weights, whole or not at all. */
  void write(Block network, Path file) throws IOException {
    Weights.save(
        network,
        file,
        Map.of(
            EPOCHS, String.valueOf(epochs),
            BEST_LOSS, String.valueOf(bestLoss),
            LEARNING_RATE, String.valueOf(rate.rate()),
            PLATEAU_BEST, String.valueOf(rate.best()),
            PLATEAU_BAD, String.valueOf(rate.badEpochs()),
            PLATEAU_COOLING, String.valueOf(rate.coolingDown()),
            PATIENCE_BEST, String.valueOf(patience.best()),
            PATIENCE_WAITED, String.valueOf(patience.waited())));
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
      int epochs = count(about, EPOCHS);
      return new Checkpoint(
          epochs,
          loss(about, BEST_LOSS),
          new LearningRate.State(
              Double.parseDouble(about.getOrDefault(LEARNING_RATE, "0")),
              loss(about, PLATEAU_BEST),
              count(about, PLATEAU_BAD),
              count(about, PLATEAU_COOLING),
              epochs),
          new Patience.State(loss(about, PATIENCE_BEST), count(about, PATIENCE_WAITED)));
    } catch (NumberFormatException e) {
      throw UserError.data(e, "The checkpoint '%s' does not tell how far it had come.", file);
    }
  }

  /** What older files do not tell starts anew. */
  private static double loss(Map<String, String> about, String name) {
    return Double.parseDouble(about.getOrDefault(name, "Infinity"));
  }

  private static int count(Map<String, String> about, String name) {
    return Integer.parseInt(about.getOrDefault(name, "0"));
  }
}
