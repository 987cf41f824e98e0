package org.peerworks.pose.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.peerworks.lib.slp.Point;
import org.peerworks.pose.FrameImages;
import org.peerworks.pose.UserError;
import org.peerworks.pose.image.Affine;
import org.peerworks.pose.image.Augmenter;
import org.peerworks.pose.image.InputShape;
import org.peerworks.pose.image.Raster;
import org.peerworks.pose.net.ConfidenceMaps;

/** Turns samples into what the network is fed with. Not thread-safe. */
final class Batches {

  /**
   * Some samples at once.
   *
   * @param images of the network's input shape, one after the other
   * @param maps what the network is to answer
   */
  record Batch(int size, float[] images, float[] maps) {}

  private final List<Sample> samples;
  private final InputShape shape;
  private final ConfidenceMaps maps;
  private final FrameImages images;
  private final Augmenter augmenter;

  Batches(
      List<Sample> samples,
      InputShape shape,
      ConfidenceMaps maps,
      FrameImages images,
      Augmenter augmenter) {
    this.samples = samples;
    this.shape = shape;
    this.maps = maps;
    this.images = images;
    this.augmenter = augmenter;
  }

  int samples() {
    return samples.size();
  }

  /** The indexes of as many samples as wanted: all of them, over and over. */
  List<Integer> order(int wanted, boolean shuffle, Random random) {
    List<Integer> order = new ArrayList<>(wanted);
    List<Integer> round = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      round.add(i);
    }
    while (order.size() < wanted) {
      if (shuffle) {
        Collections.shuffle(round, random);
      }
      order.addAll(round.subList(0, Math.min(round.size(), wanted - order.size())));
    }
    return order;
  }

  Batch batch(List<Integer> indexes) throws UserError, IOException {
    int mapSize = maps.size(samples.get(0).targets().size());
    float[] inputs = new float[Math.multiplyExact(indexes.size(), shape.size())];
    float[] targets = new float[Math.multiplyExact(indexes.size(), mapSize)];
    for (int i = 0; i < indexes.size(); i++) {
      Sample sample = samples.get(indexes.get(i));
      Raster image = sample.image(images).withChannels(shape.channels());
      Affine toInput = framed(sample, image).then(augmenter.shape(shape.height(), shape.width()));
      toInput.draw(image, shape.height(), shape.width(), inputs, i * shape.size());
      augmenter.light(inputs, i * shape.size(), (i + 1) * shape.size());
      maps.draw(sample.targets(), toInput, targets, i * mapSize);
    }
    return new Batch(indexes.size(), inputs, targets);
  }

  private Affine framed(Sample sample, Raster image) {
    if (sample.centre().isEmpty()) {
      return shape.from(image.height(), image.width());
    }
    Point centre = sample.centre().get();
    return shape.around(image.height(), image.width(), centre.x(), centre.y());
  }
}
