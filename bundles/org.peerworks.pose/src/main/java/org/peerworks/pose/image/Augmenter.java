package org.peerworks.pose.image;

import java.util.SplittableRandom;
import org.peerworks.pose.config.Augmentation;
import org.peerworks.pose.config.Augmentation.Range;

/** Draws the random changes that training images go through. Not thread-safe. */
public final class Augmenter {

  private final Augmentation augmentation;
  private final SplittableRandom random;

  public Augmenter(Augmentation augmentation, long seed) {
    this.augmentation = augmentation;
    random = new SplittableRandom(seed);
  }

  /** A turn, a scale and a shift about the centre of the network's input. */
  public Affine shape(int height, int width) {
    double degrees = draw(augmentation.rotation(), 0);
    double scale = draw(augmentation.scale(), 1);
    double right = draw(augmentation.translateX(), 0) * width;
    double down = draw(augmentation.translateY(), 0) * height;
    return Affine.about((width - 1) / 2.0, (height - 1) / 2.0, degrees, scale, right, down);
  }

  /** Changes brightness and contrast of some pixels and adds noise, in place. */
  public void light(float[] pixels, int from, int to) {
    double brightness = draw(augmentation.brightness(), 1);
    double contrast = draw(augmentation.contrast(), 1);
    boolean uniform = happens(augmentation.uniformNoise());
    boolean gaussian = happens(augmentation.gaussianNoise());
    if (brightness == 1 && contrast == 1 && !uniform && !gaussian) {
      return;
    }
    double mean = 0;
    for (int i = from; i < to; i++) {
      mean += pixels[i];
    }
    mean /= Math.max(1, to - from);
    for (int i = from; i < to; i++) {
      double value = ((pixels[i] - mean) * contrast + mean) * brightness;
      value += uniform ? between(augmentation.uniformNoise()) : 0;
      Range bell = augmentation.gaussianNoise();
      value += gaussian ? bell.low() + bell.high() * gaussian() : 0;
      pixels[i] = (float) Math.max(0, Math.min(1, value));
    }
  }

  private double draw(Range range, double otherwise) {
    return happens(range) ? between(range) : otherwise;
  }

  private boolean happens(Range range) {
    return range.probability() > 0 && random.nextDouble() < range.probability();
  }

  private double between(Range range) {
    return range.low() + (range.high() - range.low()) * random.nextDouble();
  }

  private double gaussian() {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
