package org.peerworks.pose.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /** One held-out frame with what was found on it. */
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

  private static List<PredictedPoint> points(Labels predictions, Truth truth, Truth.Frame frame)
      throws UserError {
    Optional<PredictedInstance> best =
        predictions.frames().stream()
            .filter(
                each -> each.video() == frame.video() && each.frameIndex() == frame.frameIndex())
            .map(LabeledFrame::predicted)
            .flatMap(List::stream)
            .max((a, b) -> Double.compare(a.score(), b.score()));
    if (best.isEmpty()) {
      return java.util.Collections.nCopies(truth.nodes().size(), PredictedPoint.MISSING);
    }
    PartOrder order =
        PartOrder.of(
            truth.nodes(), predictions.skeletons().get(best.get().skeleton()), "the predictions");
    return order.pick(best.get().points());
  }

  double meanErrorPx() {
    return sum / visible;
  }

  double foundFraction() {
    return (double) found / visible;
  }
}
