package org.peerworks.pose.image;

import org.peerworks.pose.UserError;

/**
 * What the network gets to see: images are scaled to fit {@code maxWidth} × {@code maxHeight}, then
 * by {@code scale}, and padded at the right and at the bottom.
 *
 * @param height of the network's input, a multiple of its stride
 * @param width of the network's input, a multiple of its stride
 */
public record InputShape(
    int channels, int maxHeight, int maxWidth, double scale, int height, int width) {

  private static final long MOST_PIXELS = 16_000_000;

  /**
   * Finds the shape for images up to a size.
   *
   * @throws UserError if it would be larger than 16 million pixels
   */
  public static InputShape of(int channels, int maxHeight, int maxWidth, double scale, int stride)
      throws UserError {
    int height = padded(maxHeight * scale, stride);
    int width = padded(maxWidth * scale, stride);
    if ((long) height * width > MOST_PIXELS) {
      throw UserError.usage(
          "Images of %d×%d pixels at scale %s are too large for the built-in trainer. Use a smaller 'data_config.preprocessing.scale'.",
          maxWidth, maxHeight, scale);
    }
    return new InputShape(channels, maxHeight, maxWidth, scale, height, width);
  }

  private static int padded(double size, int stride) {
    int pixels = Math.max(1, (int) Math.round(size));
    return (pixels + stride - 1) / stride * stride;
  }

  /** From an image's pixels to the network's. */
  public Affine from(int imageHeight, int imageWidth) {
    double fit = Math.min((double) maxHeight / imageHeight, (double) maxWidth / imageWidth);
    return Affine.resize(fit * scale);
  }

  /** The network's input for one image. */
  public Raster input(Raster image) {
    Raster source = image.withChannels(channels);
    return from(source.height(), source.width()).draw(source, height, width);
  }
}
