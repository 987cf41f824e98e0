package org.peerworks.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    assertThat(track.data()).isEqualTo(HERE.resolve("labels.v929.slp"));
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
}
