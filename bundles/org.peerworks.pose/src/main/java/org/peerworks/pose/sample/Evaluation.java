package org.peerworks.pose.sample;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.Point;
import org.peerworks.lib.slp.PredictedInstance;
import org.peerworks.lib.slp.PredictedPoint;
import org.peerworks.pose.PartOrder;
import org.peerworks.pose.UserError;

/**
 * How well predictions agree with the truth.
 *
 * @param visible number of points that could be found
 * @param found number of those that were
 * @param sum of the distances in pixels; a point that was not found counts as 50
 */
record Evaluation(int visible, int found, double sum, List<Frame> frames) {

  private static final double NOT_FOUND_PX = 50;

  /** An animal in a held-out frame with what was found of it. */
  record Frame(Truth.Frame truth, List<PredictedPoint> found) {}

  static Evaluation of(Labels predictions, Truth truth) throws UserError {
    int visible = 0;
    int found = 0;
    double sum = 0;
    List<Frame> frames = new ArrayList<>();
    for (Truth.Frame frame : truth.frames()) {
      List<PredictedPoint> points = points(predictions, truth, frame);
      frames.add(new Frame(frame, points));
      for (int i = 0; i < frame.points().size(); i++) {
        Point wanted = frame.points().get(i);
        if (!wanted.visible() || !wanted.present()) {
          continue;
        }
        visible++;
        Point point = points.get(i).point();
        if (point.present()) {
          found++;
          sum += Math.hypot(point.x() - wanted.x(), point.y() - wanted.y());
        } else {
          sum += NOT_FOUND_PX;
        }
      }
    }
    if (visible == 0) {
      throw UserError.data("The truth has no visible point.");
    }
    return new Evaluation(visible, found, sum, List.copyOf(frames));
  }

  /** Of the animals that were found in the frame the one that is nearest. */
  private static List<PredictedPoint> points(Labels predictions, Truth truth, Truth.Frame frame)
      throws UserError {
    List<PredictedPoint> nearest =
        Collections.nCopies(truth.nodes().size(), PredictedPoint.MISSING);
    double least = Double.POSITIVE_INFINITY;
    for (LabeledFrame each : predictions.frames()) {
      if (each.video() == frame.video() && each.frameIndex() == frame.frameIndex()) {
        for (PredictedInstance instance : each.predicted()) {
          List<PredictedPoint> points =
              PartOrder.of(
                      truth.nodes(),
                      predictions.skeletons().get(instance.skeleton()),
                      "the predictions")
                  .pick(instance.points());
          double distance = distance(points, frame.points());
          if (distance < least) {
            least = distance;
            nearest = points;
          }
        }
      }
    }
    return nearest;
  }

  private static double distance(List<PredictedPoint> found, List<Point> wanted) {
    double sum = 0;
    for (int i = 0; i < wanted.size(); i++) {
      if (wanted.get(i).visible() && wanted.get(i).present()) {
        Point point = found.get(i).point();
        sum +=
            point.present()
                ? Math.hypot(point.x() - wanted.get(i).x(), point.y() - wanted.get(i).y())
                : NOT_FOUND_PX;
      }
    }
    return sum;
  }

  double meanErrorPx() {
    return sum / visible;
  }

  double foundFraction() {
    return (double) found / visible;
  }
}
