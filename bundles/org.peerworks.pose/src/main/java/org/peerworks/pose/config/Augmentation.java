package org.peerworks.pose.config;

import org.peerworks.pose.UserError;

/**
 * What happens to training images, each with its own probability.
 *
 * @param rotation in degrees
 * @param scale factor
 * @param translateX largest shift, as a fraction of the width
 * @param translateY largest shift, as a fraction of the height
 * @param brightness factor
 * @param contrast factor about the mean
 * @param uniformNoise added to pixels, which lie between 0 and 1
 * @param gaussianNoise mean and standard deviation of what is added to pixels
 */
public record Augmentation(
    Range rotation,
    Range scale,
    Range translateX,
    Range translateY,
    Range brightness,
    Range contrast,
    Range uniformNoise,
    Range gaussianNoise) {

  /**
   * Numbers to draw from.
   *
   * @param probability that anything happens at all
   */
  public record Range(double low, double high, double probability) {
    static final Range OFF = new Range(0, 0, 0);
  }

  /** Leaves images as they are. */
  public static final Augmentation NONE =
      new Augmentation(
          Range.OFF, Range.OFF, Range.OFF, Range.OFF, Range.OFF, Range.OFF, Range.OFF, Range.OFF);

  static Augmentation of(Section section) throws UserError {
    boolean geometric = section.has("geometric");
    boolean intensity = section.has("intensity");
    Section shape = section.section("geometric");
    Section light = section.section("intensity");
    section.end();
    shape.without("erase_p", "mixup_p", "flip_p");
    shape.ignore("erase_scale_min", "erase_scale_max", "erase_ratio_min", "erase_ratio_max");
    shape.ignore("mixup_lambda_min", "mixup_lambda_max");
    double together = shape.real("affine_p", 0, 0, 1);
    double often = geometric ? 1 : 0;
    double moved = shape.real("translate_p", together, 0, 1);
    double right = shape.real("translate_width", 0, 0, 1);
    double down = shape.real("translate_height", 0, 0, 1);
    Augmentation augmentation =
        new Augmentation(
            range(shape, "rotation", new Range(-15, 15, often), -180, 180),
            range(shape, "scale", new Range(0.9, 1.1, often), 0.01, 10),
            new Range(-right, right, moved),
            new Range(-down, down, moved),
            range(light, "brightness", new Range(0.9, 1.1, 0), 0, 2),
            range(light, "contrast", new Range(0.9, 1.1, 0), 0, 10),
            range(light, "uniform_noise", new Range(0, 0.04, 0), 0, 1),
            new Range(
                light.real("gaussian_noise_mean", 0, -1, 1),
                light.real("gaussian_noise_std", 0.02, 0, 1),
                light.real("gaussian_noise_p", 0, 0, 1)));
    shape.end();
    light.end();
    return geometric || intensity ? augmentation : NONE;
  }

  private static Range range(
      Section section, String name, Range otherwise, double least, double most) throws UserError {
    double low = section.real(name + "_min", otherwise.low(), least, most);
    double high = section.real(name + "_max", otherwise.high(), least, most);
    if (high < low) {
      throw UserError.usage("'%s_min' is larger than '%s_max' in the augmentation.", name, name);
    }
    return new Range(low, high, section.real(name + "_p", otherwise.probability(), 0, 1));
  }
}
