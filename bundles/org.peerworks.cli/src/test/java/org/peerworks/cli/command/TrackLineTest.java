package org.peerworks.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of {@code client-track}. */
final class TrackLineTest extends CommandLineTest {

  private static final String SESSION = "sleap-session:eyJyIjogImFiYzEyMyIs...";

  @Test
  void theTrackingExampleOfSleapRtcIsUnderstood() {
    Invocation.Track track =
        track(
            "client-track",
            "--session_string",
            SESSION,
            "--data_path",
            "labels.v929.slp",
            "--model_paths",
            "models/centroid_251024_152308",
            "--model_paths",
            "models/centered_instance_251024_152308",
            "--output",
            "out/predictions.slp");

    assertThat(track.data()).containsExactly(HERE.resolve("labels.v929.slp"));
    assertThat(track.models())
        .containsExactly("models/centroid_251024_152308", "models/centered_instance_251024_152308");
    assertThat(track.output()).isEqualTo(HERE.resolve("out/predictions.slp"));
    assertThat(track.onlySuggestedFrames()).isTrue();
  }

  @Test
  void predictionsHaveANameIfNoneIsGiven() {
    Invocation.Track track = track("client-track", "-s", SESSION, "-d", "new.slp", "-m", "m");

    assertThat(track.output()).isEqualTo(HERE.resolve("predictions.slp"));
  }

  @Test
  void oneOptionTakesTheModelsThatAShellMakesOfAPattern() {
    Invocation.Track track =
        track(
            "client-track",
            "--session_string",
            "...",
            "--data_path",
            "new_data.slp",
            "--model_paths",
            "models/centroid_1",
            "models/centroid_2",
            "--model_paths",
            "models/centered_1",
            "-o",
            "p.slp");

    assertThat(track.models())
        .containsExactly("models/centroid_1", "models/centroid_2", "models/centered_1");
    assertThat(track.output()).isEqualTo(HERE.resolve("p.slp"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--only_suggested_frames", "--only-suggested-frames"})
  void namingTheDefaultDoesNotTurnItOff(String flag) {
    assertThat(track("client-track", "-s", "x", "-d", "d", flag, "-m", "m").onlySuggestedFrames())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--no-only_suggested_frames", "--no-only-suggested-frames"})
  void allFramesAreTrackedOnRequest(String flag) {
    assertThat(track("client-track", "-s", "x", "-d", "d", "-m", "m", flag).onlySuggestedFrames())
        .isFalse();
  }

  @Test
  void theTrackerIsToldWhatSleapNnKnows() {
    Invocation.Track track =
        track(
            "client-track -s x -d d -m m --frames 0-100,200 --video_index 1 --peak_threshold 0.35"
                + " --max_instances 3 --batch_size 8 --tracking --tracking_window_size 9"
                + " --max_tracks 4 --exclude_user_labeled");

    assertThat(track.options())
        .containsExactly(
            entry("--exclude_user_labeled", ""),
            entry("--frames", "0-100,200"),
            entry("--video_index", "1"),
            entry("--peak_threshold", "0.35"),
            entry("--max_instances", "3"),
            entry("--batch_size", "8"),
            entry("--tracking", ""),
            entry("--tracking_window_size", "9"),
            entry("--max_tracks", "4"));
  }

  @Test
  void hyphensAreAsGoodForTheTracker() {
    assertThat(
            track("client-track -s x -d d -m m --peak-threshold .5 --max-instances 2 -b 1")
                .options())
        .containsExactly(
            entry("--peak_threshold", "0.5"),
            entry("--max_instances", "2"),
            entry("--batch_size", "1"));
  }

  @ParameterizedTest
  @CsvSource({
    "--frames 3, false",
    "--video_index 0, false",
    "--only_labeled_frames, false",
    "--frames 3 --only_suggested_frames, true",
    "--frames 3 --no-only_suggested_frames, false",
    "--peak_threshold 0.1, true",
    "--tracking, true"
  })
  void optionsThatChooseFramesStandForTheDefault(String options, boolean suggestedOnly) {
    assertThat(track("client-track -s x -d d -m m " + options).onlySuggestedFrames())
        .isEqualTo(suggestedOnly);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--frames many|no range of frames",
        "--frames 5-|no range of frames",
        "--frames 1,,2|no range of frames",
        "--frames 9-3|ends before it begins",
        "--frames 99999999999|no range of frames",
        "--video_index -1|--video_index",
        "--peak_threshold 1.5|from 0 to 1",
        "--peak_threshold high|from 0 to 1",
        "--max_instances 0|1 to 10000",
        "--batch_size 5000|1 to 4096",
        "--max_tracks 3|--tracking",
        "--only_labeled_frames --only_suggested_frames|exclude each other"
      })
  void whatTheTrackerCannotBeToldIsNamed(String example) {
    String[] parts = example.split("\\|");

    assertThat(answer(("client-track -s x -d d -m m " + parts[0]).split(" ")))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains(parts[1]);
  }

  @Test
  void videosGoAlongUnlessTheyAreNotWanted() {
    assertThat(track("client-track -s x -d d -m m").videos()).isTrue();
    assertThat(track("client-track -s x -d d -m m --no-videos").videos()).isFalse();
    assertThat(train("client-train", "-s", "x", "-p", "p", "--no-videos").videos()).isFalse();
  }

  private Invocation.Track track(String line) {
    return track(line.split(" "));
  }
}
