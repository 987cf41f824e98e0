package org.peerworks.pose.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Which frames are learned from, and which tell how well that goes. */
record Splits(List<Sample> training, List<Sample> validation) {

  Splits {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
  }

  /** Sets a fraction of the frames aside, at least one; a single frame serves both. */
  static Splits of(List<Sample> samples, double fraction, long seed) {
    int aside = Math.max(1, (int) Math.round(samples.size() * fraction));
    if (samples.size() < 2 || aside >= samples.size()) {
      return new Splits(samples, samples);
    }
    List<Sample> shuffled = new ArrayList<>(samples);
    Collections.shuffle(shuffled, new Random(seed));
    return new Splits(shuffled.subList(aside, shuffled.size()), shuffled.subList(0, aside));
  }
}
