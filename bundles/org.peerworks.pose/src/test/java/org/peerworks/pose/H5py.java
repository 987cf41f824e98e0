package org.peerworks.pose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.PredictedInstance;
import org.peerworks.lib.slp.PredictedPoint;
import org.peerworks.lib.slp.SlpFile;

/** What h5py, which SLEAP is built on, finds in predictions, compared to our reader. */
public final class H5py {

  /** Of Debian's python3-h5py, which tools/packages.sh names. */
  private static final Path INSTALLED = Path.of("/usr/lib/python3/dist-packages/h5py");

  private H5py() {}

  /** Skips the test where there is no h5py. */
  public static void expectTheSame(Path file) throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.isDirectory(INSTALLED), "python3-h5py is not installed");
    JsonNode python = read(file);
    try (SlpFile slp = SlpFile.open(file)) {
      Labels labels = slp.labels();
      assertThat(python.path("tracks")).hasSameSizeAs(labels.tracks());
      for (int i = 0; i < labels.tracks().size(); i++) {
        assertThat(python.path("tracks").path(i).asText()).isEqualTo(labels.tracks().get(i).name());
      }
      assertThat(python.path("frames")).hasSameSizeAs(labels.frames()).isNotEmpty();
      for (int i = 0; i < labels.frames().size(); i++) {
        expectTheSame(python.path("frames").path(i), labels.frames().get(i));
      }
    }
  }

  private static void expectTheSame(JsonNode python, LabeledFrame ours) {
    assertThat(python.path("video").asInt(-1)).isEqualTo(ours.video());
    assertThat(python.path("frame").asInt(-1)).isEqualTo(ours.frameIndex());
    assertThat(python.path("user")).hasSameSizeAs(ours.instances());
    JsonNode animals = python.path("predicted");
    assertThat(animals).hasSameSizeAs(ours.predicted());
    for (int i = 0; i < ours.predicted().size(); i++) {
      PredictedInstance animal = ours.predicted().get(i);
      JsonNode found = animals.path(i);
      assertThat(found.path("track").asInt(-2)).isEqualTo(animal.track());
      assertThat(found.path("score").asDouble()).isCloseTo(animal.score(), within(1e-6));
      assertThat(found.path("tracking_score").asDouble())
          .isCloseTo(animal.trackingScore(), within(1e-6));
      assertThat(found.path("points")).hasSameSizeAs(animal.points());
      for (int node = 0; node < animal.points().size(); node++) {
        expectTheSame(found.path("points").path(node), animal.points().get(node));
      }
    }
  }

  /** {@code [x, y, visible, complete, score]}; x and y are null where there is none. */
  private static void expectTheSame(JsonNode python, PredictedPoint ours) {
    assertThat(python.path(0).isNull()).isEqualTo(!ours.point().present());
    assertThat(python.path(2).asBoolean()).isEqualTo(ours.point().visible());
    assertThat(python.path(3).asBoolean()).isEqualTo(ours.point().complete());
    if (ours.point().present()) {
      assertThat(python.path(0).asDouble()).isCloseTo(ours.point().x(), within(1e-9));
      assertThat(python.path(1).asDouble()).isCloseTo(ours.point().y(), within(1e-9));
      assertThat(python.path(4).asDouble()).isCloseTo(ours.score(), within(1e-9));
    }
  }

  private static JsonNode read(Path file) throws IOException, InterruptedException {
    Path bundle = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    Path script =
        bundle.resolveSibling(
            "org.peerworks.lib.slp/src/test/resources/org/peerworks/lib/slp/read_slp.py");
    Process process =
        new ProcessBuilder(
                List.of("/usr/bin/python3", script.normalize().toString(), file.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return new JsonMapper().readTree(output);
  }
}
