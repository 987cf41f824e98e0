package org.peerworks.pose.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the highest place of each confidence map, more precisely than its pixels. */
public final class PeakFinder {

  /**
   * Where a part was found.
   *
   * @param x in input pixels
   * @param y in input pixels
   * @param score height of the map there
   */
  public record Peak(double x, double y, double score) {}

  private final double threshold;
  private final int stride;

  public PeakFinder(double threshold, int stride) {
    this.threshold = threshold;
    this.stride = stride;
  }

  /** One peak per map; empty where no map is as high as the threshold. */
  public List<Optional<Peak>> find(float[] maps, int offset, int parts, int height, int width) {
    List<Optional<Peak>> peaks = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      peaks.add(find(maps, offset + part * height * width, height, width));
    }
    return peaks;
  }

  private Optional<Peak> find(float[] map, int offset, int height, int width) {
    int best = offset;
    for (int i = offset; i < offset + height * width; i++) {
      if (map[i] > map[best]) {
        best = i;
      }
    }
    // Written so that a map of NaN finds nothing.
    if (!(map[best] >= threshold)) {
      return Optional.empty();
    }
    int row = (best - offset) / width;
    int column = (best - offset) % width;
    double dx =
        column > 0 && column < width - 1 ? vertex(map[best - 1], map[best], map[best + 1]) : 0;
    double dy =
        row > 0 && row < height - 1 ? vertex(map[best - width], map[best], map[best + width]) : 0;
    return Optional.of(new Peak((column + dx) * stride, (row + dy) * stride, map[best]));
  }

  /**
   * Where a parabola through three values has its vertex; through their logarithms if it can be,
   * which is exact for a Gaussian.
   */
  private static double vertex(double before, double at, double after) {
    double low = before;
    double middle = at;
    double high = after;
    if (before > 0 && after > 0) {
      low = Math.log(before);
      middle = Math.log(at);
      high = Math.log(after);
    }
    double curvature = low - 2 * middle + high;
    if (curvature >= 0) {
      return 0;
    }
    return Math.max(-0.5, Math.min(0.5, (low - high) / (2 * curvature)));
  }
}
