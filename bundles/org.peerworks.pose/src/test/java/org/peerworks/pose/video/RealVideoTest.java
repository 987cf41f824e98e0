package org.peerworks.pose.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.pose.UserError;
import org.peerworks.pose.image.Raster;

/** A video and labels that SLEAP wrote; run where somebody has them. */
@Tag("samples")
@EnabledIfEnvironmentVariable(named = "PEERWORKS_SAMPLES", matches = ".+")
class RealVideoTest {

  private static Path sample(String name) {
    return Path.of(System.getenv("PEERWORKS_SAMPLES"), name);
  }

  @Test
  void anyFrameIsTheOneThatReadingFromTheStartGives() throws UserError {
    List<float[]> inOrder = new ArrayList<>();
    try (VideoFile video =
        VideoFile.open(sample("small_robot.mp4"), Optional.empty(), VideoLimits.DEFAULT)) {
      assertThat(video.frames()).isEqualTo(166);
      for (int i = 0; i < video.frames(); i++) {
        inOrder.add(video.frame(i).data());
      }
    }
    Random random = new Random(3);
    try (VideoFile video =
        VideoFile.open(sample("small_robot.mp4"), Optional.empty(), VideoLimits.DEFAULT)) {
      for (int i = 0; i < 20; i++) {
        int number = random.nextInt(166);
        assertThat(video.frame(number).data()).isEqualTo(inOrder.get(number));
      }
    }
  }

  @Test
  void labelledFramesOfAProjectAreFoundInItsVideo() throws UserError, IOException {
    try (SlpFile slp = SlpFile.open(sample("small_robot_minimal.slp"));
        VideoFrames frames = new VideoFrames(VideoLimits.DEFAULT)) {
      Labels labels = slp.labels();
      for (LabeledFrame frame : labels.frames()) {
        Raster image = frames.image(slp, labels.videos().get(frame.video()), frame.frameIndex());
        assertThat(image.width()).isEqualTo(560);
        assertThat(image.height()).isEqualTo(320);
        assertThat(image.channels()).isEqualTo(3);
      }
    }
  }
}
