package org.peerworks.pose.identity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.PredictedInstance;
import org.peerworks.lib.slp.Track;

/**
 * Predictions with the tracks of their animals.
 *
 * @param tracks those that there were before, and then the new ones
 * @param frames in the order in which they were given
 */
public record Identities(List<Track> tracks, List<LabeledFrame> frames) {

  public Identities {
    tracks = List.copyOf(tracks);
    frames = List.copyOf(frames);
  }

  /**
   * Follows the animals of each video through its frames; what people labelled stays as it is.
   *
   * @param before tracks that the labels have already
   * @param frames each frame of a video at most once
   */
  public static Identities of(
      List<Track> before, List<LabeledFrame> frames, IdentityOptions options) {
    List<Track> tracks = new ArrayList<>(before);
    Set<String> names = new HashSet<>();
    before.forEach(track -> names.add(track.name()));
    LabeledFrame[] result = frames.toArray(LabeledFrame[]::new);
    Map<Integer, List<Integer>> videos = new TreeMap<>();
    IntStream.range(0, result.length)
        .boxed()
        .sorted(Comparator.comparingInt(i -> result[i].frameIndex()))
        .forEach(i -> videos.computeIfAbsent(result[i].video(), v -> new ArrayList<>()).add(i));
    int number = 0;
    for (List<Integer> order : videos.values()) {
      IdentityTracker tracker = new IdentityTracker(options);
      int first = tracks.size();
      for (int i : order) {
        LabeledFrame frame = result[i];
        List<PredictedInstance> found = new ArrayList<>();
        for (PredictedInstance instance : tracker.follow(frame.frameIndex(), frame.predicted())) {
          found.add(instance.track() < 0 ? instance : moved(instance, first));
        }
        while (tracks.size() < first + tracker.tracks()) {
          String name = "track_" + number++;
          while (!names.add(name)) {
            name = "track_" + number++;
          }
          tracks.add(new Track(frame.frameIndex(), name));
        }
        result[i] = new LabeledFrame(frame.video(), frame.frameIndex(), frame.instances(), found);
      }
    }
    return new Identities(tracks, List.of(result));
  }

  private static PredictedInstance moved(PredictedInstance instance, int by) {
    return new PredictedInstance(
        instance.skeleton(),
        instance.track() + by,
        instance.points(),
        instance.score(),
        instance.trackingScore());
  }
}
