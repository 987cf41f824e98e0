package org.peerworks.pose.track;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.peerworks.pose.ModelDirectory;
import org.peerworks.pose.UserError;
import org.peerworks.pose.config.HeadConfig;
import org.peerworks.pose.config.HeadConfig.Type;
import org.peerworks.pose.config.TrainingConfig;

/** The models that {@code track} was given, told apart by their heads. */
final class Models {

  /** Most animals in one frame that anybody may ask for. */
  static final int MOST_ANIMALS = 1000;

  private final Map<Type, ModelDirectory> byHead = new EnumMap<>(Type.class);

  private Models() {}

  /**
   * Looks at the models' configurations.
   *
   * @throws UserError unless they are one single-instance model, or a centroid and a centered
   *     instance model, of the built-in trainer
   */
  static Models of(List<String> paths) throws UserError {
    Models models = new Models();
    List<String> given = new ArrayList<>();
    boolean twice = false;
    for (String path : paths) {
      ModelDirectory directory = new ModelDirectory(Path.of(path));
      HeadConfig head = TrainingConfig.of(directory.open()).model().head();
      given.add("'" + path + "' (" + head.type().key() + ")");
      twice |= models.byHead.put(head.type(), directory) != null;
    }
    boolean single = models.has(Type.SINGLE_INSTANCE) && given.size() == 1;
    boolean pair = models.has(Type.CENTROID) && models.has(Type.CENTERED_INSTANCE);
    if (twice || !single && !(pair && given.size() == 2)) {
      throw UserError.usage(
          "'track' needs '--model_paths' with one 'single_instance' model, or twice, with a 'centroid' and a 'centered_instance' model, but got %s.",
          given.isEmpty() ? "none" : String.join(", ", given));
    }
    return models;
  }

  private boolean has(Type type) {
    return byHead.containsKey(type);
  }

  /** Loads them. */
  AnimalFinder finder(Device device, double threshold, int mostAnimals, int batch)
      throws UserError, IOException {
    if (has(Type.SINGLE_INSTANCE)) {
      PoseModel model = PoseModel.load(byHead.get(Type.SINGLE_INSTANCE), device);
      return new SingleInstanceFinder(model, threshold);
    }
    PoseModel centroid = PoseModel.load(byHead.get(Type.CENTROID), device);
    try {
      PoseModel instance = PoseModel.load(byHead.get(Type.CENTERED_INSTANCE), device);
      return new TopDownFinder(centroid, instance, threshold, mostAnimals, 2 * batch);
    } catch (UserError | IOException | RuntimeException e) {
      centroid.close();
      throw e;
    }
  }
}
