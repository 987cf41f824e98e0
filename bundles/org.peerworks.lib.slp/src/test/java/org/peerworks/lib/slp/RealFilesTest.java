package org.peerworks.lib.slp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Files that SLEAP wrote; run where somebody has them. */
@Tag("samples")
@EnabledIfEnvironmentVariable(named = "PEERWORKS_SAMPLES", matches = ".+")
class RealFilesTest {

  @TempDir Path directory;

  private static Path sample(String name) {
    return Path.of(System.getenv("PEERWORKS_SAMPLES"), name);
  }

  @Test
  void aTrainingPackageOfSleapIsRead() throws IOException {
    try (SlpFile slp = SlpFile.open(sample("minimal_instance.pkg.slp"))) {
      Labels labels = slp.labels();
      assertThat(slp.summary()).isEqualTo(new SlpSummary(1, 2, List.of("A", "B"), 0, 1, 1));
      assertThat(labels.frames()).hasSize(1);
      Point first = labels.frames().get(0).instances().get(0).points().get(0);
      assertThat(first.x()).isBetween(92.652, 92.653);
      assertThat(first.visible()).isTrue();
      byte[] png = slp.image(labels.videos().get(0), 0).orElseThrow().data();
      assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(384);
    }
  }

  @Test
  void aProjectWithoutImagesIsRead() throws IOException {
    try (SlpFile slp = SlpFile.open(sample("small_robot_minimal.slp"))) {
      assertThat(slp.summary()).isEqualTo(new SlpSummary(2, 1, List.of("A", "B"), 0, 1, 0));
      Labels labels = slp.labels();
      assertThat(labels.videos().get(0).filename()).endsWith("small_robot.mp4");
      assertThat(labels.frames().get(1).frameIndex()).isEqualTo(79);
    }
  }

  @Test
  void predictionsForATrainingPackageOfSleapAreWritten() throws IOException {
    Path output = directory.resolve("predictions.slp");
    PredictedPoint point = new PredictedPoint(new Point(1, 2, true, false), 0.5);
    LabeledFrame frame =
        new LabeledFrame(
            0, 0, List.of(), List.of(new PredictedInstance(0, -1, List.of(point, point), 0.5, 0)));

    SlpWriter.writePredictions(sample("minimal_instance.pkg.slp"), output, List.of(frame));

    try (SlpFile slp = SlpFile.open(output)) {
      assertThat(slp.labels().frames()).containsExactly(frame);
      assertThat(slp.image(slp.labels().videos().get(0), 0)).isPresent();
    }
  }
}
