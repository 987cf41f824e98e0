package org.peerworks.lib.slp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** h5py, which SLEAP is built on, reads our files as we do. */
class ReadByPythonTest {

  @TempDir Path directory;

  private static JsonNode expectTheSame(Path file) throws Exception {
    JsonNode python = Python.read(file);
    assertThat(Python.ours(file)).isEqualTo(python);
    return python;
  }

  /** Several animals and tracks in several videos; some frames have nobody. */
  private static List<LabeledFrame> predictions(long seed, int videos, int frames, int nodes) {
    Random random = new Random(seed);
    List<LabeledFrame> result = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      List<PredictedInstance> found = new ArrayList<>();
      for (int animal = random.nextInt(4); animal > 0; animal--) {
        List<PredictedPoint> points = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
          points.add(
              random.nextInt(5) == 0
                  ? PredictedPoint.MISSING
                  : new PredictedPoint(
                      new Point(random.nextDouble() * 500, random.nextDouble(), true, false),
                      random.nextDouble()));
        }
        found.add(
            new PredictedInstance(
                0, random.nextInt(4) - 1, points, random.nextFloat(), random.nextFloat()));
      }
      result.add(new LabeledFrame(i % videos, 7 * i, List.of(), found));
    }
    return result;
  }

  private static List<Track> tracks() {
    return List.of(new Track(0, "track_0"), new Track(14, "Zähne “2”"), new Track(3, ""));
  }

  @Test
  void labelsAreReadAsWritten() throws Exception {
    JsonNode python = expectTheSame(Samples.write(directory.resolve("labels.slp")));
    assertThat(python.path("frames")).hasSize(3);
    assertThat(python.path("videos").path(0).path("images")).hasSize(4);
  }

  @Test
  void predictionsOfSeveralAnimalsWithTracksAreReadAsWritten() throws Exception {
    Path input = Samples.write(directory.resolve("labels.slp"));
    Path output = directory.resolve("predictions.slp");
    List<LabeledFrame> frames = predictions(5, 2, 300, 3);

    SlpWriter.writePredictions(input, output, tracks(), frames);

    JsonNode python = expectTheSame(output);
    assertThat(python.path("frames")).hasSize(300);
    assertThat(python.path("tracks")).hasSize(3);
    try (SlpFile slp = SlpFile.open(output)) {
      assertThat(slp.labels().tracks()).isEqualTo(tracks());
      assertThat(slp.labels().frames()).isEqualTo(frames);
      assertThat(slp.labels().frames()).anyMatch(frame -> frame.predicted().isEmpty());
    }
  }

  @Test
  void videosOnDiskKeepTheirPathsToTheLetter() throws Exception {
    List<String> paths = List.of("C:\\Users\\me\\a b.mp4", "/data/ü/b.mp4", "../c.avi");
    List<Video> videos =
        paths.stream()
            .map(path -> new Video(path, Optional.empty(), Optional.of(path.length() % 2 == 0)))
            .toList();
    Path input = directory.resolve("labels.slp");
    SlpWriter.write(
        input,
        new Labels(List.of(Samples.SKELETON), videos, List.of(), List.of(), List.of()),
        (video, frame) -> new byte[0]);
    Path output = directory.resolve("predictions.slp");

    SlpWriter.writePredictions(input, output, tracks(), predictions(6, 3, 30, 3));

    JsonNode python = expectTheSame(output);
    assertThat(python.path("videos").findValuesAsText("filename")).isEqualTo(paths);
    try (SlpFile slp = SlpFile.open(output)) {
      assertThat(slp.labels().videos()).isEqualTo(videos);
    }
  }

  @Test
  void aFileWithoutPredictionsIsReadAsWritten() throws Exception {
    Path input = Samples.write(directory.resolve("labels.slp"));
    Path output = directory.resolve("predictions.slp");
    SlpWriter.writePredictions(input, output, List.of(), List.of());
    assertThat(expectTheSame(output).path("frames")).isEmpty();
  }

  @Test
  @Tag("samples")
  @EnabledIfEnvironmentVariable(named = "PEERWORKS_SAMPLES", matches = ".+")
  void filesOfSleapAreReadAndRewritten() throws Exception {
    for (String name : List.of("minimal_instance.pkg.slp", "small_robot_minimal.slp")) {
      Path input = Path.of(System.getenv("PEERWORKS_SAMPLES"), name);
      JsonNode before = expectTheSame(input);
      Path output = directory.resolve(name);
      SlpWriter.writePredictions(input, output, tracks(), predictions(7, 1, 50, 2));
      JsonNode after = expectTheSame(output);
      assertThat(after.path("frames")).hasSize(50);
      assertThat(after.path("videos")).isEqualTo(before.path("videos"));
      assertThat(rawVideos(output)).isEqualTo(rawVideos(input));
    }
  }

  private static List<String> rawVideos(Path file) throws IOException {
    try (Hdf5Input input = new Hdf5Input(file)) {
      return input.strings("videos_json");
    }
  }
}
