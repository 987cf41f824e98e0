package org.peerworks.pose.train;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** What is learned from, and what tells how well that goes. */
record Splits(List<Sample> training, List<Sample> validation) {

  Splits {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
  }

  /** Sets a fraction of the frames aside, at least one; a single frame serves both. */
  static Splits of(List<Sample> samples, double fraction, long seed) {
    Map<Sample.Frame, List<Sample>> frames = new LinkedHashMap<>();
    for (Sample sample : samples) {
      frames.computeIfAbsent(sample.frame(), frame -> new ArrayList<>()).add(sample);
    }
    int aside = Math.max(1, (int) Math.round(frames.size() * fraction));
    if (frames.size() < 2 || aside >= frames.size()) {
      return new Splits(samples, samples);
    }
    List<List<Sample>> shuffled = new ArrayList<>(frames.values());
    Collections.shuffle(shuffled, new Random(seed));
    return new Splits(
        joined(shuffled.subList(aside, shuffled.size())), joined(shuffled.subList(0, aside)));
  }

  private static List<Sample> joined(List<List<Sample>> frames) {
    return frames.stream().flatMap(Collection::stream).toList();
  }

  Stream<Sample> all() {
    return Stream.concat(training.stream(), validation.stream());
  }

  static long frames(List<Sample> samples) {
    return samples.stream().map(Sample::frame).distinct().count();
  }
}
