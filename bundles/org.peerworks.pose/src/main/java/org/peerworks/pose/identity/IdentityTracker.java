package org.peerworks.pose.identity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.peerworks.lib.slp.PredictedInstance;
import org.peerworks.pose.identity.IdentityOptions.Matching;

/**
 * Follows the animals of one video from frame to frame: each track is expected where its last
 * places point to, and gets the animal that is most like it. Not thread-safe.
 */
public final class IdentityTracker {

  private final IdentityOptions options;
  private final Similarity similarity;
  private final List<Trail> trails = new ArrayList<>();
  private int lastFrame = -1;

  public IdentityTracker(IdentityOptions options) {
    this.options = options;
    similarity = new Similarity(options);
  }

  /** Number of tracks so far. */
  public int tracks() {
    return trails.size();
  }

  /**
   * Tells who is who.
   *
   * @param frame larger than that of the call before
   * @param found the animals of that frame
   * @return the same animals in the same order, each with its track (from 0; -1 if it has none) and
   *     its similarity to it
   */
  public List<PredictedInstance> follow(int frame, List<PredictedInstance> found) {
    if (frame <= lastFrame) {
      throw new IllegalArgumentException("Frame " + frame + " comes after " + lastFrame);
    }
    lastFrame = frame;
    List<Shape> shapes =
        found.stream().map(instance -> Shape.of(instance, options.features())).toList();
    double[] scores = new double[found.size()];
    int[] tracks = match(frame, shapes, scores);
    begin(found, tracks);
    if (trails.size() >= options.maxTracks()) {
      takeLost(frame, shapes, tracks, scores);
    }
    List<PredictedInstance> result = new ArrayList<>();
    for (int i = 0; i < tracks.length; i++) {
      PredictedInstance instance = found.get(i);
      if (tracks[i] >= 0) {
        trails.get(tracks[i]).add(frame, shapes.get(i));
      }
      result.add(
          new PredictedInstance(
              instance.skeleton(), tracks[i], instance.points(), instance.score(), scores[i]));
    }
    return result;
  }

  private int[] match(int frame, List<Shape> shapes, double[] scores) {
    int[] near =
        IntStream.range(0, trails.size())
            .filter(track -> frame - trails.get(track).lastFrame() <= options.maxGap())
            .toArray();
    double[][] table = new double[shapes.size()][near.length];
    for (int i = 0; i < table.length; i++) {
      for (int j = 0; j < near.length; j++) {
        double value =
            trails.get(near[j]).similarity(similarity, shapes.get(i), frame, options.reduction());
        table[i][j] = value >= options.minScore() ? value : Double.NaN;
      }
    }
    int[] chosen = assign(table, near.length, scores);
    return Arrays.stream(chosen).map(j -> j < 0 ? -1 : near[j]).toArray();
  }

  private int[] assign(double[][] table, int columns, double[] scores) {
    int[] result =
        options.matching() == Matching.GREEDY
            ? Assignment.greedy(table, columns)
            : Assignment.best(table, columns);
    for (int i = 0; i < result.length; i++) {
      scores[i] = result[i] < 0 ? 0 : table[i][result[i]];
    }
    return result;
  }

  /** The surest of those without a track begin new ones. */
  private void begin(List<PredictedInstance> found, int[] tracks) {
    IntStream.range(0, tracks.length)
        .filter(i -> tracks[i] < 0)
        .filter(i -> points(found.get(i)) >= Math.max(1, options.minNewTrackPoints()))
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -found.get(i).score()))
        .limit(Math.max(0, (long) options.maxTracks() - trails.size()))
        .forEach(
            i -> {
              tracks[i] = trails.size();
              trails.add(new Trail(options.window()));
            });
  }

  private static long points(PredictedInstance instance) {
    return instance.points().stream().filter(point -> point.point().present()).count();
  }

  /** Where no track may begin any more, those that come back are the ones that were lost. */
  private void takeLost(int frame, List<Shape> shapes, int[] tracks, double[] scores) {
    int[] lost =
        IntStream.range(0, trails.size())
            .filter(track -> Arrays.stream(tracks).noneMatch(taken -> taken == track))
            .toArray();
    int[] homeless =
        IntStream.range(0, tracks.length)
            .filter(i -> tracks[i] < 0 && Double.isFinite(shapes.get(i).centerX()))
            .toArray();
    double[][] table = new double[homeless.length][lost.length];
    for (int i = 0; i < homeless.length; i++) {
      for (int j = 0; j < lost.length; j++) {
        double value =
            trails
                .get(lost[j])
                .similarity(similarity, shapes.get(homeless[i]), frame, options.reduction());
        table[i][j] = Double.isNaN(value) ? 0 : value;
      }
    }
    double[] found = new double[homeless.length];
    int[] taken = assign(table, lost.length, found);
    for (int i = 0; i < homeless.length; i++) {
      if (taken[i] >= 0) {
        tracks[homeless[i]] = lost[taken[i]];
        scores[homeless[i]] = found[i];
      }
    }
  }
}
