package org.peerworks.pose.track;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peerworks.pose.ModelDirectory;
import org.peerworks.pose.UserError;
import org.peerworks.pose.config.DataConfig.Preprocessing;
import org.peerworks.pose.config.TrainingConfig;
import org.peerworks.pose.image.Affine;
import org.peerworks.pose.image.InputShape;
import org.peerworks.pose.image.Raster;
import org.peerworks.pose.net.PeakFinder;
import org.peerworks.pose.net.PeakFinder.Peak;
import org.peerworks.pose.net.UNet;
import org.peerworks.pose.net.Weights;

/** A trained network, ready to find the parts of one animal in images. Not thread-safe. */
final class PoseModel implements AutoCloseable {

  private final List<String> parts;
  private final InputShape shape;
  private final int outputStride;
  private final UNet network;
  private final NDManager manager;
  private final ParameterStore store;

  private PoseModel(TrainingConfig config, InputShape shape, Device device) {
    parts = config.model().head().partNames();
    outputStride = config.model().head().outputStride();
    this.shape = shape;
    network = new UNet(config.model(), parts.size());
    manager = NDManager.newBaseManager(device, "PyTorch");
    store = new ParameterStore(manager, false);
  }

  /** Loads the model that training left in a directory. */
  static PoseModel load(ModelDirectory directory, Device device) throws UserError, IOException {
    TrainingConfig config = TrainingConfig.of(directory.open());
    Preprocessing preprocessing = config.data().preprocessing();
    if (config.model().head().partNames().isEmpty()
        || preprocessing.maxHeight().isEmpty()
        || preprocessing.maxWidth().isEmpty()) {
      throw UserError.data(
          "'%s' lacks the names of the parts or the size of the images. Train the model again.",
          directory.trainingConfig());
    }
    InputShape shape =
        InputShape.of(
            config.model().inChannels(),
            preprocessing.maxHeight().get(),
            preprocessing.maxWidth().get(),
            preprocessing.scale(),
            config.model().maxStride());
    PoseModel model = new PoseModel(config, shape, device);
    try {
      model.network.initialize(
          model.manager,
          DataType.FLOAT32,
          new Shape(1, shape.channels(), shape.height(), shape.width()));
      Weights.load(model.network, directory.weights());
      return model;
    } catch (UserError | IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  List<String> parts() {
    return parts;
  }

  /** Finds the parts in some images at once; coordinates are those of each image. */
  List<List<Optional<Peak>>> find(List<Raster> images, PeakFinder finder) {
    int pixels = shape.channels() * shape.height() * shape.width();
    float[] inputs = new float[images.size() * pixels];
    for (int i = 0; i < images.size(); i++) {
      System.arraycopy(shape.input(images.get(i)).data(), 0, inputs, i * pixels, pixels);
    }
    int height = shape.height() / outputStride;
    int width = shape.width() / outputStride;
    float[] maps = run(images.size(), inputs);
    List<List<Optional<Peak>>> found = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      Affine toImage = shape.from(images.get(i).height(), images.get(i).width()).inverse();
      int offset = i * parts.size() * height * width;
      found.add(
          finder.find(maps, offset, parts.size(), height, width).stream()
              .map(peak -> peak.map(at -> moved(at, toImage)))
              .toList());
    }
    return found;
  }

  PeakFinder finder(double threshold) {
    return new PeakFinder(threshold, outputStride);
  }

  private static Peak moved(Peak peak, Affine map) {
    return new Peak(map.x(peak.x(), peak.y()), map.y(peak.x(), peak.y()), peak.score());
  }

  private float[] run(int count, float[] inputs) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray images =
          scope.create(inputs, new Shape(count, shape.channels(), shape.height(), shape.width()));
      return network.forward(store, new NDList(images), false).singletonOrThrow().toFloatArray();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
