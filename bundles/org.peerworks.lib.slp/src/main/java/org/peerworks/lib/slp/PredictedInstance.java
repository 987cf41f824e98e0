package org.peerworks.lib.slp;

import java.util.List;

/**
 * An animal that a model found in one frame.
 *
 * @param skeleton index in {@link Labels#skeletons()}
 * @param track index in {@link Labels#tracks()}, or -1
 * @param points one for each node of the skeleton
 * @param score of the whole instance
 * @param trackingScore of its assignment to the track; 0 if there was none
 */
public record PredictedInstance(
    int skeleton, int track, List<PredictedPoint> points, double score, double trackingScore) {

  public PredictedInstance {
    points = List.copyOf(points);
  }
}
