package org.peerworks.pose.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Point;
import org.peerworks.lib.slp.PredictedInstance;
import org.peerworks.lib.slp.PredictedPoint;
import org.peerworks.lib.slp.Track;
import org.peerworks.pose.UserError;
import org.peerworks.pose.options.OptionParser;

class IdentityTrackerTest {

  /** An animal of 30 pixels that looks where it goes; its score tells who it is. */
  private static PredictedInstance animal(int who, double x, double y, double angle) {
    List<PredictedPoint> points = new ArrayList<>();
    for (int i = -1; i <= 1; i++) {
      double px = x + 15 * i * Math.cos(angle);
      double py = y + 15 * i * Math.sin(angle);
      points.add(new PredictedPoint(new Point(px, py, true, false), 0.9));
    }
    return new PredictedInstance(0, -1, points, who, 0);
  }

  private static IdentityOptions options(String... arguments) throws UserError {
    return IdentityOptions.of(
        IdentityOptions.declare(new OptionParser("track")).parse(List.of(arguments)));
  }

  /** Who was on which track, frame by frame, must not change. */
  private static void expectOneTrackEach(List<List<PredictedInstance>> frames, int animals) {
    int[] trackOf = new int[animals];
    java.util.Arrays.fill(trackOf, -1);
    for (List<PredictedInstance> frame : frames) {
      for (PredictedInstance instance : frame) {
        int who = (int) instance.score();
        assertThat(instance.track()).isNotNegative();
        if (trackOf[who] < 0) {
          trackOf[who] = instance.track();
        }
        assertThat(instance.track()).as("track of animal " + who).isEqualTo(trackOf[who]);
      }
    }
    assertThat(java.util.Arrays.stream(trackOf)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "oks, keypoints, hungarian, mean",
    "oks, centroids, hungarian, mean",
    "oks, keypoints, greedy, max",
    "euclidean_dist, centroids, hungarian, mean",
    "euclidean_dist, keypoints, greedy, mean",
    "iou, bboxes, hungarian, max"
  })
  void animalsThatCrossKeepTheirTracks(
      String scoring, String features, String matching, String reduction) throws UserError {
    IdentityTracker tracker =
        new IdentityTracker(
            options(
                "--scoring_method=" + scoring,
                "--features=" + features,
                "--track_matching_method=" + matching,
                "--scoring_reduction=" + reduction));
    Random random = new Random(4);
    List<List<PredictedInstance>> frames = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      double along = 100 + 5 * i;
      List<PredictedInstance> found = new ArrayList<>();
      // They pass each other in the middle, between two frames.
      double noise = random.nextDouble() / 2;
      found.add(animal(0, along, 100 + 6 * i + noise, Math.atan2(6, 5)));
      found.add(animal(1, along, 463 - 6 * i - noise, Math.atan2(-6, 5)));
      found.add(animal(2, 500 - 5 * i, 600 + noise, Math.PI));
      Collections.shuffle(found, random);
      frames.add(tracker.follow(i, found));
    }
    expectOneTrackEach(frames, 3);
    assertThat(tracker.tracks()).isEqualTo(3);
  }

  @Test
  void anAnimalThatIsHiddenForAMomentComesBackOnItsTrack() {
    IdentityTracker tracker = new IdentityTracker(IdentityOptions.DEFAULT);
    List<List<PredictedInstance>> frames = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      List<PredictedInstance> found = new ArrayList<>();
      found.add(animal(0, 100 + 4 * i, 100, 0));
      if (i < 20 || i > 23) {
        found.add(animal(1, 100 + 4 * i, 160, 0));
      }
      frames.add(tracker.follow(i, found));
    }
    expectOneTrackEach(frames, 2);
  }

  @Test
  void anAnimalThatIsAwayForLongBeginsANewTrack() {
    IdentityTracker tracker = new IdentityTracker(IdentityOptions.DEFAULT);
    assertThat(tracker.follow(0, List.of(animal(0, 100, 100, 0))).get(0).track()).isZero();
    assertThat(tracker.follow(5, List.of(animal(0, 100, 100, 0))).get(0).track()).isZero();
    assertThat(tracker.follow(11, List.of(animal(0, 100, 100, 0))).get(0).track()).isEqualTo(1);
  }

  @Test
  void tracksInQueuesOfTheirOwnAreNeverLost() throws UserError {
    IdentityTracker tracker = new IdentityTracker(options("--candidates_method", "local_queues"));
    tracker.follow(0, List.of(animal(0, 100, 100, 0)));
    assertThat(tracker.follow(5000, List.of(animal(0, 103, 100, 0))).get(0).track()).isZero();
  }

  @Test
  void aStrangerFarAwayBeginsATrack() {
    IdentityTracker tracker = new IdentityTracker(IdentityOptions.DEFAULT);
    tracker.follow(0, List.of(animal(0, 100, 100, 0)));
    assertThat(tracker.follow(1, List.of(animal(1, 400, 300, 0))).get(0).track()).isEqualTo(1);
  }

  @Test
  void noMoreTracksBeginThanAllowedAndWhoComesBackTakesALostOne() throws UserError {
    IdentityTracker tracker = new IdentityTracker(options("--max_tracks", "2"));
    tracker.follow(0, List.of(animal(0, 100, 100, 0), animal(1, 300, 300, 0)));
    tracker.follow(1, List.of(animal(0, 102, 100, 0)));
    List<PredictedInstance> found =
        tracker.follow(
            30, List.of(animal(1, 600, 310, 0), animal(0, 105, 100, 0), animal(2, 900, 900, 0)));
    assertThat(found).extracting(PredictedInstance::track).containsExactlyInAnyOrder(0, 1, -1);
    // The surest one came first, and the one nearby keeps its track.
    assertThat(found.get(1).track()).isEqualTo(1);
    assertThat(tracker.tracks()).isEqualTo(2);
  }

  @Test
  void animalsWithTooFewPointsBeginNoTrack() throws UserError {
    PredictedPoint seen = new PredictedPoint(new Point(5, 5, true, false), 0.9);
    PredictedInstance partial =
        new PredictedInstance(
            0, -1, List.of(seen, PredictedPoint.MISSING, PredictedPoint.MISSING), 0, 0);
    PredictedInstance nothing =
        new PredictedInstance(
            0,
            -1,
            List.of(PredictedPoint.MISSING, PredictedPoint.MISSING, PredictedPoint.MISSING),
            0,
            0);
    IdentityTracker tracker = new IdentityTracker(options("--min_new_track_points=2"));
    assertThat(tracker.follow(0, List.of(partial)).get(0).track()).isEqualTo(-1);
    IdentityTracker lenient = new IdentityTracker(IdentityOptions.DEFAULT);
    assertThat(lenient.follow(0, List.of(partial, nothing)))
        .extracting(PredictedInstance::track)
        .containsExactly(0, -1);
    assertThat(lenient.follow(1, List.of(nothing, partial)))
        .extracting(PredictedInstance::track)
        .containsExactly(-1, 0);
  }

  @Test
  void framesWithoutAnimalsAreFine() {
    IdentityTracker tracker = new IdentityTracker(IdentityOptions.DEFAULT);
    assertThat(tracker.follow(0, List.of())).isEmpty();
    tracker.follow(1, List.of(animal(0, 10, 10, 0)));
    assertThat(tracker.follow(2, List.of())).isEmpty();
    assertThatThrownBy(() -> tracker.follow(2, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eachVideoHasTracksOfItsOwnBesideThoseOfTheLabels() {
    List<LabeledFrame> frames = new ArrayList<>();
    for (int i = 5; i > 0; i--) {
      frames.add(new LabeledFrame(i % 2, i, List.of(), List.of(animal(0, 10 + i, 10, 0))));
    }
    Identities result =
        Identities.of(
            List.of(new Track(0, "mouse"), new Track(0, "track_0")),
            frames,
            IdentityOptions.DEFAULT);
    assertThat(result.tracks())
        .containsExactly(
            new Track(0, "mouse"),
            new Track(0, "track_0"),
            new Track(2, "track_1"),
            new Track(1, "track_2"));
    assertThat(result.frames())
        .extracting(frame -> frame.predicted().get(0).track())
        .containsExactly(3, 2, 3, 2, 3);
  }

  @Test
  void optionsThatMakeNoSenseAreNamed() {
    assertThatThrownBy(() -> options("--features", "image"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("'--features'")
        .hasMessageContaining("keypoints, centroids, bboxes")
        .hasMessageContaining("'image'");
    assertThatThrownBy(() -> options("--candidates_method", "both"))
        .hasMessageContaining("fixed_window, local_queues");
    assertThatThrownBy(() -> options("--tracking_window_size", "0")).isInstanceOf(UserError.class);
  }
}
