package org.peerworks.pose.track;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.peerworks.pose.ModelDirectory;
import org.peerworks.pose.UserError;
import org.peerworks.pose.config.DataConfig.Preprocessing;
import org.peerworks.pose.config.HeadConfig;
import org.peerworks.pose.config.TrainingConfig;
import org.peerworks.pose.image.InputShape;
import org.peerworks.pose.net.FoldedUNet;
import org.peerworks.pose.net.PeakFinder;
import org.peerworks.pose.net.UNet;
import org.peerworks.pose.net.Weights;

/** A trained network that answers images with confidence maps. Not thread-safe. */
final class PoseModel implements AutoCloseable {

  private final HeadConfig head;
  private final InputShape shape;
  private final NDManager manager;
  private final FoldedUNet network;

  private PoseModel(HeadConfig head, InputShape shape, NDManager manager, FoldedUNet network) {
    this.head = head;
    this.shape = shape;
    this.manager = manager;
    this.network = network;
  }

  /** Loads the model that training left in a directory. */
  static PoseModel load(ModelDirectory directory, Device device) throws UserError, IOException {
    TrainingConfig config = TrainingConfig.of(directory.open());
    InputShape shape = shape(config, directory);
    HeadConfig head = config.model().head();
    NDManager manager = NDManager.newBaseManager(device, "PyTorch");
    try {
      UNet network = new UNet(config.model(), head.maps(head.partNames().size()));
      network.initialize(
          manager, DataType.FLOAT32, new Shape(1, shape.channels(), shape.height(), shape.width()));
      Weights.load(network, directory.weights());
      return new PoseModel(head, shape, manager, new FoldedUNet(network, manager));
    } catch (UserError | IOException | RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  private static InputShape shape(TrainingConfig config, ModelDirectory directory)
      throws UserError {
    Preprocessing preprocessing = config.data().preprocessing();
    HeadConfig head = config.model().head();
    boolean crops = head.type() == HeadConfig.Type.CENTERED_INSTANCE;
    Optional<Integer> side = preprocessing.crop().size();
    if (head.type() != HeadConfig.Type.CENTROID && head.partNames().isEmpty()
        || preprocessing.maxHeight().isEmpty()
        || preprocessing.maxWidth().isEmpty()
        || crops && side.isEmpty()) {
      throw UserError.data(
          "'%s' lacks the names of the parts or the size of the images. Train the model again.",
          directory.trainingConfig());
    }
    InputShape whole =
        InputShape.whole(
            config.model().inChannels(),
            preprocessing.maxHeight().get(),
            preprocessing.maxWidth().get(),
            preprocessing.scale(),
            config.model().maxStride());
    return crops ? whole.cropped(side.get(), config.model().maxStride()) : whole;
  }

  HeadConfig head() {
    return head;
  }

  /** What the network wants to see. */
  InputShape shape() {
    return shape;
  }

  /** Names of the parts, in the order of the maps; none if it finds whole animals. */
  List<String> parts() {
    return head.partNames();
  }

  /** Maps for each input. */
  int maps() {
    return head.maps(head.partNames().size());
  }

  /** Numbers in the answer to one input. */
  int answerSize() {
    return maps() * mapHeight() * mapWidth();
  }

  private int mapHeight() {
    return shape.height() / head.outputStride();
  }

  private int mapWidth() {
    return shape.width() / head.outputStride();
  }

  PeakFinder finder(double threshold) {
    return new PeakFinder(threshold, head.outputStride(), mapHeight(), mapWidth());
  }

  /** The maps for some inputs, one after the other. */
  float[] answer(int count, float[] inputs) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray images =
          scope.create(inputs, new Shape(count, shape.channels(), shape.height(), shape.width()));
      return network.answer(images).toFloatArray();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
