package org.peerworks.pose.track;

import java.util.List;
import java.util.Optional;
import org.peerworks.pose.image.Affine;
import org.peerworks.pose.image.Raster;
import org.peerworks.pose.net.PeakFinder.Peak;

/** Finds animals in images. Used by one thread, but for {@link #prepare}. */
interface AnimalFinder extends AutoCloseable {

  /**
   * Images on their way to a network.
   *
   * @param inputs what the first network wants to see
   */
  record Prepared(List<Raster> images, float[] inputs) {}

  /**
   * An animal.
   *
   * @param points in the image's pixels, in the order of {@link #parts()}; at least one is there
   */
  record Found(List<Optional<Peak>> points) {

    /** Mean of the scores of its points. */
    double score() {
      return points.stream()
          .flatMap(Optional::stream)
          .mapToDouble(Peak::score)
          .average()
          .orElseThrow();
    }

    boolean isEmpty() {
      return points.stream().noneMatch(Optional::isPresent);
    }
  }

  /** Names of the parts of each animal. */
  List<String> parts();

  /** Does what needs no network; any thread may. */
  Prepared prepare(List<Raster> images);

  /** The animals of each image. */
  List<List<Found>> find(Prepared prepared);

  @Override
  void close();

  /** Draws whole images for a network. */
  static Prepared whole(List<Raster> images, PoseModel model) {
    int size = model.shape().size();
    float[] inputs = new float[Math.multiplyExact(images.size(), size)];
    for (int i = 0; i < images.size(); i++) {
      Raster image = images.get(i).withChannels(model.shape().channels());
      model
          .shape()
          .from(image.height(), image.width())
          .draw(image, model.shape().height(), model.shape().width(), inputs, i * size);
    }
    return new Prepared(images, inputs);
  }

  /** A peak in other pixels. */
  static Peak moved(Peak peak, Affine map) {
    return new Peak(map.x(peak.x(), peak.y()), map.y(peak.x(), peak.y()), peak.score());
  }
}
