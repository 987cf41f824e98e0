package org.peerworks.pose.identity;

/** Compares an animal with an earlier one that has moved on since. */
final class Similarity {

  /** Spread of the Gaussian, in lengths of the animal. */
  private static final double SPREAD = 0.3;

  /** Least side of a box, in lengths of the animal. */
  private static final double LEAST_SIDE = 0.3;

  private final IdentityOptions options;

  Similarity(IdentityOptions options) {
    this.options = options;
  }

  /**
   * How similar two are.
   *
   * @param dx pixels by which the earlier one has moved on
   * @return from 0 to 1, or NaN if they cannot be the same
   */
  double of(Shape now, Shape before, double dx, double dy) {
    return switch (options.scoring()) {
      case IOU -> overlap(now, before, dx, dy);
      case OKS -> points(now, before, dx, dy, true);
      case EUCLIDEAN_DIST -> points(now, before, dx, dy, false);
    };
  }

  private double points(Shape now, Shape before, double dx, double dy, boolean gaussian) {
    double length = Math.max(now.length(), before.length());
    double sum = 0;
    int shared = 0;
    for (int i = 0; i < Math.min(now.xs().length, before.xs().length); i++) {
      double distance =
          Math.hypot(now.xs()[i] - before.xs()[i] - dx, now.ys()[i] - before.ys()[i] - dy);
      if (!Double.isNaN(distance)) {
        double relative = distance / length;
        sum += gaussian ? Math.exp(-relative * relative / (2 * SPREAD * SPREAD)) : relative;
        shared++;
      }
    }
    boolean whole = options.features() == IdentityOptions.Features.KEYPOINTS;
    if (shared == 0 || whole && shared < options.minMatchPoints()) {
      return Double.NaN;
    }
    return gaussian ? sum / shared : Math.exp(-sum / shared);
  }

  private static double overlap(Shape now, Shape before, double dx, double dy) {
    double length = Math.max(now.length(), before.length());
    double shared =
        side(now.left(), now.right(), before.left() + dx, before.right() + dx, length)
            * side(now.top(), now.bottom(), before.top() + dy, before.bottom() + dy, length);
    double all = area(now, length) + area(before, length) - shared;
    return shared > 0 ? shared / all : Double.NaN;
  }

  /** How far two sides overlap. */
  private static double side(double from, double to, double from2, double to2, double length) {
    double wide = thick(to - from, length) / 2;
    double wide2 = thick(to2 - from2, length) / 2;
    double center = (from + to) / 2;
    double center2 = (from2 + to2) / 2;
    double overlap =
        Math.min(center + wide, center2 + wide2) - Math.max(center - wide, center2 - wide2);
    return overlap > 0 ? overlap : 0;
  }

  private static double area(Shape shape, double length) {
    return thick(shape.right() - shape.left(), length)
        * thick(shape.bottom() - shape.top(), length);
  }

  /** The box of points on a line has no area, but an animal has. */
  private static double thick(double side, double length) {
    return Math.max(side, length * LEAST_SIDE);
  }
}
