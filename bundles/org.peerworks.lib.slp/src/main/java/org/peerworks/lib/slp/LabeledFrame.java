package org.peerworks.lib.slp;

import java.util.List;

/**
 * What is known about one frame of a video.
 *
 * @param video index in {@link Labels#videos()}
 * @param frameIndex frame of that video, from 0
 * @param instances labelled by a person
 * @param predicted found by a model
 */
public record LabeledFrame(
    int video, int frameIndex, List<Instance> instances, List<PredictedInstance> predicted) {

  public LabeledFrame {
    instances = List.copyOf(instances);
    predicted = List.copyOf(predicted);
  }
}
