package org.peerworks.pose.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.lib.slp.EmbeddedFrames;
import org.peerworks.lib.slp.ImageFormat;
import org.peerworks.lib.slp.Instance;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.Suggestion;
import org.peerworks.lib.slp.Video;
import org.peerworks.pose.UserError;
import org.peerworks.pose.track.FrameSelection.Frame;
import org.peerworks.pose.track.FrameSelection.Kind;

class FrameSelectionTest {

  private static final Video EMBEDDED =
      new Video(
          "a.mp4",
          Optional.of(
              new EmbeddedFrames(
                  "video0/video", ImageFormat.PNG, 8, 8, 1, false, List.of(1, 5, 9))));
  private static final Video ON_DISK = new Video("b.mp4", Optional.empty());

  private static Labels labels(List<Video> videos, List<Suggestion> suggestions) {
    LabeledFrame labeled = new LabeledFrame(0, 5, List.of(new Instance(0, List.of())), List.of());
    return new Labels(List.of(), videos, List.of(), List.of(labeled), suggestions);
  }

  private static List<Integer> frames(Video video) {
    return video.embedded().map(EmbeddedFrames::frameNumbers).orElse(List.of(0, 1, 2));
  }

  private static FrameSelection all() {
    return new FrameSelection(Kind.ALL, false, Optional.empty(), OptionalInt.empty());
  }

  @Test
  void withoutASelectionAllEmbeddedFramesAreTracked() throws UserError, IOException {
    assertThat(all().select(labels(List.of(EMBEDDED), List.of()), FrameSelectionTest::frames))
        .containsExactly(new Frame(0, 1), new Frame(0, 5), new Frame(0, 9));
  }

  @Test
  void suggestedFramesAreTrackedOnce() throws UserError, IOException {
    List<Suggestion> suggestions =
        List.of(new Suggestion(0, 9, 0), new Suggestion(0, 1, 0), new Suggestion(0, 9, 1));
    FrameSelection selection =
        new FrameSelection(Kind.SUGGESTED, false, Optional.empty(), OptionalInt.empty());
    assertThat(selection.select(labels(List.of(EMBEDDED), suggestions), FrameSelectionTest::frames))
        .containsExactly(new Frame(0, 9), new Frame(0, 1));
  }

  @Test
  void rangesAndExclusionsNarrowTheSelection() throws UserError, IOException {
    Labels labels = labels(List.of(EMBEDDED), List.of());
    FrameSelection range =
        new FrameSelection(
            Kind.ALL, false, Optional.of(FrameRange.of("0-4, 9")), OptionalInt.of(0));
    assertThat(range.select(labels, FrameSelectionTest::frames))
        .containsExactly(new Frame(0, 1), new Frame(0, 9));
    FrameSelection unlabeled =
        new FrameSelection(Kind.ALL, true, Optional.empty(), OptionalInt.empty());
    assertThat(unlabeled.select(labels, FrameSelectionTest::frames))
        .doesNotContain(new Frame(0, 5))
        .hasSize(2);
  }

  @Test
  void aSelectionWithoutFramesIsRefused() {
    FrameSelection selection =
        new FrameSelection(Kind.SUGGESTED, false, Optional.empty(), OptionalInt.empty());
    assertThatThrownBy(
            () ->
                selection.select(labels(List.of(EMBEDDED), List.of()), FrameSelectionTest::frames))
        .hasMessageContaining("no frame to track")
        .hasMessageContaining("1 labelled and 0 suggested");
  }

  @Test
  void allFramesOfAVideoOnDiskAreTracked() throws UserError, IOException {
    assertThat(
            all().select(labels(List.of(EMBEDDED, ON_DISK), List.of()), FrameSelectionTest::frames))
        .hasSize(6)
        .contains(new Frame(0, 9), new Frame(1, 2))
        .doesNotContain(new Frame(1, 3));
  }

  @Test
  void ofSeveralVideosOnlyTheOneThatWasAskedForIsTracked() throws UserError, IOException {
    Labels labels =
        labels(
            List.of(EMBEDDED, ON_DISK), List.of(new Suggestion(0, 1, 0), new Suggestion(1, 2, 0)));
    for (Kind kind : List.of(Kind.ALL, Kind.SUGGESTED)) {
      FrameSelection second = new FrameSelection(kind, false, Optional.empty(), OptionalInt.of(1));
      assertThat(second.select(labels, FrameSelectionTest::frames))
          .contains(new Frame(1, 2))
          .allMatch(frame -> frame.video() == 1);
    }
    FrameSelection labelled =
        new FrameSelection(Kind.LABELED, false, Optional.empty(), OptionalInt.of(1));
    assertThatThrownBy(() -> labelled.select(labels, FrameSelectionTest::frames))
        .hasMessageContaining("no frame to track");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "5-", "-5", "9-5", "1,,2", "99999999999"})
  void rangesThatAreNoneAreRefused(String text) {
    assertThatThrownBy(() -> FrameRange.of(text)).isInstanceOf(UserError.class);
  }
}
