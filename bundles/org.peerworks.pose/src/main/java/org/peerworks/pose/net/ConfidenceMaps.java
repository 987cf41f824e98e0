package org.peerworks.pose.net;

import java.util.List;
import org.peerworks.lib.slp.Point;
import org.peerworks.pose.image.Affine;

/** Draws what the network is to learn: for each body part a Gaussian of height 1 where it is. */
public final class ConfidenceMaps {

  private final double sigma;
  private final int stride;
  private final int height;
  private final int width;

  /**
   * @param sigma in input pixels
   * @param stride input pixels per pixel of the map
   * @param inputHeight a multiple of the stride
   * @param inputWidth a multiple of the stride
   */
  public ConfidenceMaps(double sigma, int stride, int inputHeight, int inputWidth) {
    this.sigma = sigma;
    this.stride = stride;
    height = inputHeight / stride;
    width = inputWidth / stride;
  }

  /** Numbers per animal. */
  public int size(int parts) {
    return parts * height * width;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /**
   * Draws one animal; a part that is missing leaves its map empty.
   *
   * @param toInput from the image's pixels to the network's
   * @param maps where to write, from {@code offset} on; all 0 before
   */
  public void draw(List<Point> points, Affine toInput, float[] maps, int offset) {
    for (int part = 0; part < points.size(); part++) {
      Point point = points.get(part);
      if (point.present() && point.visible()) {
        double x = toInput.x(point.x(), point.y());
        double y = toInput.y(point.x(), point.y());
        draw(x, y, maps, offset + part * height * width);
      }
    }
  }

  private void draw(double x, double y, float[] maps, int offset) {
    double[] across = bell(x, width);
    double[] down = bell(y, height);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        maps[offset + row * width + column] = (float) (down[row] * across[column]);
      }
    }
  }

  private double[] bell(double centre, int size) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      double distance = (double) i * stride - centre;
      values[i] = Math.exp(-distance * distance / (2 * sigma * sigma));
    }
    return values;
  }
}
