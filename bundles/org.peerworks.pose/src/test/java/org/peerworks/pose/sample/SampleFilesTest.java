package org.peerworks.pose.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.Point;
import org.peerworks.lib.slp.PredictedInstance;
import org.peerworks.lib.slp.PredictedPoint;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.lib.slp.SlpWriter;
import org.peerworks.pose.UserError;

class SampleFilesTest {

  @TempDir Path directory;

  private SampleFiles written(Path where, int seed) throws IOException {
    SampleFiles files = new SampleFiles(where, 12, 5, 1, seed, 64);
    files.write();
    return files;
  }

  private static Labels labels(Path file) throws IOException {
    try (SlpFile slp = SlpFile.open(file)) {
      return slp.labels();
    }
  }

  @Test
  void heldOutFramesAreNotInTheTrainingPackage() throws IOException, UserError {
    SampleFiles files = written(directory, 3);
    Labels training = labels(directory.resolve("train.pkg.slp"));
    Labels data = labels(files.data());
    List<Integer> heldOut =
        Truth.read(files.truth()).frames().stream().map(Truth.Frame::frameIndex).toList();

    assertThat(training.frames()).hasSize(12);
    assertThat(training.videos().get(0).embedded().orElseThrow().frameNumbers())
        .hasSize(12)
        .doesNotContainAnyElementsOf(heldOut);
    assertThat(data.frames()).isEmpty();
    assertThat(data.suggestions()).hasSize(5);
    assertThat(data.videos().get(0).embedded().orElseThrow().frameNumbers()).isEqualTo(heldOut);
  }

  @Test
  void theSameSeedMakesTheSameFilm() throws IOException {
    written(directory.resolve("a"), 3);
    written(directory.resolve("b"), 3);
    written(directory.resolve("c"), 4);
    Labels a = labels(directory.resolve("a/train.pkg.slp"));
    assertThat(labels(directory.resolve("b/train.pkg.slp"))).isEqualTo(a);
    assertThat(labels(directory.resolve("c/train.pkg.slp"))).isNotEqualTo(a);
  }

  @Test
  void pointsThatWereNotFoundCountFiftyPixels() throws IOException, UserError {
    SampleFiles files = written(directory, 3);
    Truth truth = Truth.read(files.truth());
    List<LabeledFrame> frames = new ArrayList<>();
    // Each part two pixels too far to the right, but for the first frame, where nothing is found.
    for (Truth.Frame frame : truth.frames().subList(1, truth.frames().size())) {
      List<PredictedPoint> points =
          frame.points().stream()
              .map(p -> new PredictedPoint(new Point(p.x() + 2, p.y(), true, false), 1))
              .toList();
      frames.add(
          new LabeledFrame(
              0,
              frame.frameIndex(),
              List.of(),
              List.of(new PredictedInstance(0, -1, points, 1, 0))));
    }
    Path predictions = directory.resolve("predictions.slp");
    SlpWriter.writePredictions(files.data(), predictions, frames);

    Evaluation evaluation = Evaluation.of(labels(predictions), truth);

    long missed = truth.frames().get(0).points().stream().filter(Point::visible).count();
    assertThat(evaluation.found()).isEqualTo(evaluation.visible() - (int) missed);
    assertThat(evaluation.meanErrorPx())
        .isCloseTo((2.0 * evaluation.found() + 50.0 * missed) / evaluation.visible(), within(1e-9));
    Path preview = directory.resolve("preview.png");
    try (SlpFile file = SlpFile.open(predictions)) {
      new Preview(file, evaluation).write(preview);
    }
    assertThat(ImageIO.read(preview.toFile()).getWidth()).isEqualTo(1024);
  }

  @Test
  void severalAnimalsAreLabelledApartAndTrainedTopDown() throws IOException, UserError {
    SampleFiles files = new SampleFiles(directory, 12, 5, 3, 3, 128);
    files.write();
    for (LabeledFrame frame : labels(directory.resolve("train.pkg.slp")).frames()) {
      assertThat(frame.instances()).hasSize(3);
      for (int i = 1; i < 3; i++) {
        Point body = frame.instances().get(i).points().get(Animal.BODY);
        Point other = frame.instances().get(0).points().get(Animal.BODY);
        if (body.present() && other.present()) {
          assertThat(Math.hypot(body.x() - other.x(), body.y() - other.y())).isGreaterThan(10);
        }
      }
    }
    assertThat(Truth.read(files.truth()).frames()).hasSize(15);
    assertThat(Files.readAllLines(directory.resolve("train-script.sh")))
        .contains("#!/bin/bash", "  --config-name centroid.yaml \\")
        .contains("  --config-name centered_instance.yaml \\");
    assertThat(directory.resolve("centroid.yaml")).isRegularFile();
    assertThat(directory.resolve("centered_instance.yaml")).isRegularFile();
  }
}
