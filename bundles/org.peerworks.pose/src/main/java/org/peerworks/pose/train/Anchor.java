package org.peerworks.pose.train;

import java.util.List;
import java.util.Optional;
import org.peerworks.lib.slp.Point;
import org.peerworks.pose.UserError;

/**
 * The point that an animal is found by.
 *
 * @param part index of the part that it is; without one, or where that is not visible, it is the
 *     middle of the box around all visible parts
 */
record Anchor(Optional<Integer> part) {

  /**
   * Finds the part by its name.
   *
   * @throws UserError if no part has it
   */
  static Anchor of(Optional<String> name, List<String> parts) throws UserError {
    if (name.isPresent() && !parts.contains(name.get())) {
      throw UserError.usage(
          "The head's 'anchor_part' is '%s', but the parts are: %s.",
          name.get(), String.join(", ", parts));
    }
    return new Anchor(name.map(parts::indexOf));
  }

  /** The anchor of an animal, which has a visible part. */
  Point of(List<Point> animal) {
    if (part.isPresent() && isSeen(animal.get(part.get()))) {
      return animal.get(part.get());
    }
    Box box = Box.around(animal);
    return new Point((box.left() + box.right()) / 2, (box.top() + box.bottom()) / 2, true, true);
  }

  static boolean isSeen(Point point) {
    return point.present() && point.visible();
  }

  /** What holds all visible parts of an animal. */
  record Box(double left, double top, double right, double bottom) {

    static Box around(List<Point> animal) {
      double left = Double.POSITIVE_INFINITY;
      double top = Double.POSITIVE_INFINITY;
      double right = Double.NEGATIVE_INFINITY;
      double bottom = Double.NEGATIVE_INFINITY;
      for (Point point : animal) {
        if (isSeen(point)) {
          left = Math.min(left, point.x());
          top = Math.min(top, point.y());
          right = Math.max(right, point.x());
          bottom = Math.max(bottom, point.y());
        }
      }
      return new Box(left, top, right, bottom);
    }

    double longestSide() {
      return Math.max(right - left, bottom - top);
    }
  }
}
