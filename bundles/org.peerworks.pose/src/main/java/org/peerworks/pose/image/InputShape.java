package org.peerworks.pose.image;

import java.util.OptionalInt;
import org.peerworks.pose.UserError;

/**
 * What the network gets to see: images are scaled to fit {@code maxWidth} × {@code maxHeight},
 * perhaps cropped around an animal, then scaled by {@code scale}, and padded at the right and at
 * the bottom.
 *
 * @param crop side of the square that is cut out, before {@code scale}; empty for whole images
 * @param height of the network's input, a multiple of its stride
 * @param width of the network's input, a multiple of its stride
 */
public record InputShape(
    int channels,
    int maxHeight,
    int maxWidth,
    OptionalInt crop,
    double scale,
    int height,
    int width) {

  private static final long MOST_PIXELS = 16_000_000;

  /**
   * Finds the shape for images up to a size.
   *
   * @throws UserError if it would be larger than 16 million pixels
   */
  public static InputShape whole(
      int channels, int maxHeight, int maxWidth, double scale, int stride) throws UserError {
    return new InputShape(
            channels,
            maxHeight,
            maxWidth,
            OptionalInt.empty(),
            scale,
            padded(maxHeight * scale, stride),
            padded(maxWidth * scale, stride))
        .checked();
  }

  /**
   * The shape for a square cut out of such images.
   *
   * @throws UserError if it would be larger than 16 million pixels
   */
  public InputShape cropped(int side, int stride) throws UserError {
    int padded = padded(side * scale, stride);
    return new InputShape(
            channels, maxHeight, maxWidth, OptionalInt.of(side), scale, padded, padded)
        .checked();
  }

  private InputShape checked() throws UserError {
    if ((long) height * width > MOST_PIXELS) {
      throw UserError.usage(
          "Images of %d×%d pixels for the network are too large for the built-in trainer. Use a smaller 'data_config.preprocessing.scale'.",
          width, height);
    }
    return this;
  }

  private static int padded(double size, int stride) {
    long pixels = Math.max(1, Math.round(size));
    return (int) Math.min(Integer.MAX_VALUE / 2, (pixels + stride - 1) / stride * stride);
  }

  /** Numbers that one input consists of. */
  public int size() {
    return channels * height * width;
  }

  /** How much larger an image becomes before anything is cut out of it. */
  public double fit(int imageHeight, int imageWidth) {
    return Math.min((double) maxHeight / imageHeight, (double) maxWidth / imageWidth);
  }

  /** From a whole image's pixels to the network's. */
  public Affine from(int imageHeight, int imageWidth) {
    return Affine.resize(fit(imageHeight, imageWidth) * scale);
  }

  /**
   * From an image's pixels to those of a crop in the network.
   *
   * @param x of its middle, in the image
   * @param y of its middle, in the image
   */
  public Affine around(int imageHeight, int imageWidth, double x, double y) {
    Affine fit = Affine.resize(fit(imageHeight, imageWidth));
    double middle = (crop.orElseThrow() - 1) / 2.0;
    Affine cut = Affine.shift(middle - fit.x(x, y), middle - fit.y(x, y));
    return fit.then(cut).then(Affine.resize(scale));
  }
}
