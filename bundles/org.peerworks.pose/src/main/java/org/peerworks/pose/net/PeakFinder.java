package org.peerworks.pose.net;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds high places of confidence maps, more precisely than their pixels. */
public final class PeakFinder {

  /**
   * Where something was found.
   *
   * @param x in input pixels
   * @param y in input pixels
   * @param score height of the map there
   */
  public record Peak(double x, double y, double score) {}

  private final double threshold;
  private final int stride;
  private final int height;
  private final int width;

  /**
   * @param threshold no peak is lower
   * @param stride input pixels per pixel of a map
   * @param height of a map
   * @param width of a map
   */
  public PeakFinder(double threshold, int stride, int height, int width) {
    this.threshold = threshold;
    this.stride = stride;
    this.height = height;
    this.width = width;
  }

  /** The highest place of each of some maps; empty where it is below the threshold. */
  public List<Optional<Peak>> highest(float[] maps, int offset, int count) {
    List<Optional<Peak>> peaks = new ArrayList<>();
    for (int map = 0; map < count; map++) {
      peaks.add(highest(maps, offset + map * height * width));
    }
    return peaks;
  }

  private Optional<Peak> highest(float[] map, int offset) {
    int best = offset;
    for (int i = offset; i < offset + height * width; i++) {
      if (map[i] > map[best]) {
        best = i;
      }
    }
    // Written so that a map of NaN finds nothing.
    return map[best] >= threshold ? Optional.of(peak(map, offset, best)) : Optional.empty();
  }

  /** All places of a map that are higher than those around them, the highest ones first. */
  public List<Peak> all(float[] map, int offset, int most) {
    List<Peak> peaks = new ArrayList<>();
    for (int i = offset; i < offset + height * width; i++) {
      if (map[i] >= threshold && isTop(map, offset, i)) {
        peaks.add(peak(map, offset, i));
      }
    }
    peaks.sort(Comparator.comparingDouble(Peak::score).reversed());
    return peaks.subList(0, Math.min(most, peaks.size()));
  }

  /** Whether nothing around it is higher; of equals that touch, the first one is the top. */
  private boolean isTop(float[] map, int offset, int at) {
    int row = (at - offset) / width;
    int column = (at - offset) % width;
    for (int y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
      for (int x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
        int other = offset + y * width + x;
        if (map[other] > map[at] || map[other] == map[at] && other < at) {
          return false;
        }
      }
    }
    return true;
  }

  private Peak peak(float[] map, int offset, int at) {
    int row = (at - offset) / width;
    int column = (at - offset) % width;
    double dx = column > 0 && column < width - 1 ? vertex(map[at - 1], map[at], map[at + 1]) : 0;
    double dy = row > 0 && row < height - 1 ? vertex(map[at - width], map[at], map[at + width]) : 0;
    return new Peak((column + dx) * stride, (row + dy) * stride, map[at]);
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
    if (!(curvature < 0)) {
      return 0;
    }
    return Math.max(-0.5, Math.min(0.5, (low - high) / (2 * curvature)));
  }
}
