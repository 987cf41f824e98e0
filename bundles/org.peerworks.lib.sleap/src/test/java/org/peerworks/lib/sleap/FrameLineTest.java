package org.peerworks.lib.sleap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameLineTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Tracked 12/40 frames",
        "Predicting... ━━━━━━╸━━━━━━  30% 12/40 ETA: 0:00:10 Elapsed: 0:00:05 2.4 FPS",
        "Predicting:  30%|███       | 12/40 [00:05<00:10, 2.4it/s]",
        "{\"n_processed\": 12, \"n_total\": 40, \"elapsed\": 5.0, \"rate\": 2.4, \"eta\": 10.0}",
      })
  void readsFrames(String line) {
    assertThat(FrameLine.parse(line)).contains(new FrameLine(12, 40));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Tracked",
        "Tracked a/b frames",
        "{\"n_processed\": 1}",
        "Predicting...",
        "12/40"
      })
  void otherLinesSayNothing(String line) {
    assertThat(FrameLine.parse(line)).isEmpty();
  }
}
