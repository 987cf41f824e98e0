package org.peerworks.pose.net;

import java.util.List;
import org.peerworks.lib.slp.Point;
import org.peerworks.pose.image.Affine;

/** Draws what the network is to learn: Gaussians of height 1 where something is. */
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

  /** Numbers that so many maps consist of. */
  public int size(int count) {
    return count * height * width;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /**
   * Draws what is to be found; a map without a visible point stays empty.
   *
   * @param targets for each map the points that are to be its peaks
   * @param toInput from the image's pixels to the network's
   * @param maps where to write, from {@code offset} on; all 0 before
   */
  public void draw(List<List<Point>> targets, Affine toInput, float[] maps, int offset) {
    for (int map = 0; map < targets.size(); map++) {
      for (Point point : targets.get(map)) {
        if (point.present() && point.visible()) {
          double x = toInput.x(point.x(), point.y());
          double y = toInput.y(point.x(), point.y());
          draw(x, y, maps, offset + map * height * width);
        }
      }
    }
  }

  private void draw(double x, double y, float[] maps, int offset) {
    double[] across = bell(x, width);
    double[] down = bell(y, height);
    for (int row = 0; row < height; row++) {
      int start = offset + row * width;
      for (int column = 0; column < width; column++) {
        float value = (float) (down[row] * across[column]);
        maps[start + column] = Math.max(maps[start + column], value);
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
