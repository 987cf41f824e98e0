package org.peerworks.pose.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.peerworks.pose.FrameImages;
import org.peerworks.pose.UserError;
import org.peerworks.pose.image.Affine;
import org.peerworks.pose.image.Augmenter;
import org.peerworks.pose.image.InputShape;
import org.peerworks.pose.image.Raster;
import org.peerworks.pose.net.ConfidenceMaps;

/** Turns labelled frames into what the network is fed with. Not thread-safe. */
final class Batches {

  /**
   * Some frames at once.
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
  private final int parts;

  Batches(
      List<Sample> samples,
      InputShape shape,
      ConfidenceMaps maps,
      FrameImages images,
      Augmenter augmenter,
      int parts) {
    this.samples = samples;
    this.shape = shape;
    this.maps = maps;
    this.images = images;
    this.augmenter = augmenter;
    this.parts = parts;
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
    int pixels = shape.channels() * shape.height() * shape.width();
    float[] inputs = new float[indexes.size() * pixels];
    float[] targets = new float[indexes.size() * maps.size(parts)];
    for (int i = 0; i < indexes.size(); i++) {
      Sample sample = samples.get(indexes.get(i));
      Raster image =
          images
              .image(sample.file(), sample.video(), sample.frameIndex())
              .withChannels(shape.channels());
      Affine toInput =
          shape
              .from(image.height(), image.width())
              .then(augmenter.shape(shape.height(), shape.width()));
      float[] input = toInput.draw(image, shape.height(), shape.width()).data();
      augmenter.light(input);
      System.arraycopy(input, 0, inputs, i * pixels, pixels);
      maps.draw(sample.points(), toInput, targets, i * maps.size(parts));
    }
    return new Batch(indexes.size(), inputs, targets);
  }
}
