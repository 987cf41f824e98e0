package org.peerworks.pose.identity;

import java.util.List;
import org.peerworks.lib.slp.PredictedInstance;
import org.peerworks.lib.slp.PredictedPoint;
import org.peerworks.pose.identity.IdentityOptions.Features;

/**
 * What is compared of an animal: some points, and the box around all of them, in pixels.
 *
 * @param xs NaN where a point is missing
 * @param length of the animal: the diagonal of its box, or {@link #POINT_LENGTH} if that is nothing
 */
record Shape(
    double[] xs, double[] ys, double left, double top, double right, double bottom, double length) {

  /** Length of an animal that is a single point. */
  static final double POINT_LENGTH = 20;

  static Shape of(PredictedInstance instance, Features features) {
    List<PredictedPoint> points = instance.points();
    double[] xs = new double[points.size()];
    double[] ys = new double[points.size()];
    double left = Double.POSITIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    double sumX = 0;
    double sumY = 0;
    int count = 0;
    for (int i = 0; i < xs.length; i++) {
      boolean present = points.get(i).point().present();
      xs[i] = present ? points.get(i).point().x() : Double.NaN;
      ys[i] = present ? points.get(i).point().y() : Double.NaN;
      if (present) {
        left = Math.min(left, xs[i]);
        top = Math.min(top, ys[i]);
        right = Math.max(right, xs[i]);
        bottom = Math.max(bottom, ys[i]);
        sumX += xs[i];
        sumY += ys[i];
        count++;
      }
    }
    double diagonal = count == 0 ? 0 : Math.hypot(right - left, bottom - top);
    double length = diagonal > 0 ? diagonal : POINT_LENGTH;
    if (features == Features.KEYPOINTS) {
      return new Shape(xs, ys, left, top, right, bottom, length);
    }
    double x = features == Features.CENTROIDS ? sumX / count : (left + right) / 2;
    double y = features == Features.CENTROIDS ? sumY / count : (top + bottom) / 2;
    return new Shape(new double[] {x}, new double[] {y}, left, top, right, bottom, length);
  }

  double centerX() {
    return (left + right) / 2;
  }

  double centerY() {
    return (top + bottom) / 2;
  }
}
