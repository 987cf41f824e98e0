package org.peerworks.lib.slp;

import java.util.List;
import java.util.Optional;

/**
 * An animal that a person labelled in one frame.
 *
 * @param skeleton index in {@link Labels#skeletons()}
 * @param track index in {@link Labels#tracks()}, or -1
 * @param points one for each node of the skeleton
 * @param fromPredicted the prediction of the same frame that the person corrected
 */
public record Instance(
    int skeleton, int track, List<Point> points, Optional<PredictedInstance> fromPredicted) {

  public Instance {
    points = List.copyOf(points);
  }

  public Instance(int skeleton, List<Point> points) {
    this(skeleton, -1, points, Optional.empty());
  }
}
