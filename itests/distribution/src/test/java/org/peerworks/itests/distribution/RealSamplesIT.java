package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.SlpFile;

/**
 * Labels that SLEAP wrote, and their video, on their way through a client and a worker; run where
 * somebody has them. How well the animals are found is a matter of the trainer's own tests: here
 * the trainings are short.
 */
@Tag("samples")
@EnabledIfEnvironmentVariable(named = "PEERWORKS_SAMPLES", matches = ".+")
class RealSamplesIT {

  @TempDir static Path directory;

  private static Lab lab;
  private static String session;

  @BeforeAll
  static void startWorker() throws Exception {
    lab = new Lab(directory);
    lab.signal();
    session = Lab.session(lab.worker());
  }

  @AfterAll
  static void closeLab() throws Exception {
    lab.close();
  }

  @Test
  void twoModelsFindTwoAnimals() throws Exception {
    Path desk = Files.createDirectories(directory.resolve("flies"));
    String labels = copy("minimal_instance.pkg.slp", desk);

    Running train =
        run(
            desk,
            "client-train",
            "-p",
            labels,
            "-c",
            config("centroid", desk, 50),
            "-c",
            config("centered_instance", desk, 100));
    assertThat(train.exit()).as(train.transcript()).isZero();
    assertThat(train.transcript())
        .contains("model 1/2 'centroid'", "model 2/2 'centered_instance'");

    Labels found = track(desk, labels);
    assertThat(found.frames()).hasSize(1);
    assertThat(found.frames().get(0).predicted()).hasSize(2);
  }

  @Test
  void aVideoGoesAlongToBeTrainedOnAndTracked() throws Exception {
    Path desk = Files.createDirectories(directory.resolve("robot"));
    copy("small_robot.mp4", desk);
    String labels = copy("small_robot_minimal.slp", desk);

    Running train =
        run(desk, "client-train", "-p", labels, "-c", config("single_instance", desk, 30));
    assertThat(train.exit()).as(train.transcript()).isZero();

    assertThat(track(desk, labels).frames()).hasSize(166);
  }

  private static String copy(String name, Path desk) throws IOException {
    Path source = Path.of(System.getenv("PEERWORKS_SAMPLES"), name);
    return Files.copy(source, desk.resolve(name)).toString();
  }

  /** A configuration of sleap-nn for one epoch of so many steps, for whatever parts there are. */
  private static String config(String name, Path desk, int steps) throws IOException {
    Path config = Path.of(copy(name + ".yaml", desk));
    Files.writeString(
        config,
        Files.readString(config)
            .replaceFirst("max_epochs: \\d+", "max_epochs: 1")
            .replaceFirst("min_train_steps_per_epoch: \\d+", "min_train_steps_per_epoch: " + steps)
            .replaceFirst("lr: [0-9.]+", "lr: 0.001")
            .replaceFirst("batch_size: \\d+", "batch_size: 4")
            .replaceFirst(
                "scale: 1.0", name.equals("single_instance") ? "scale: 0.5" : "scale: 1.0")
            .replaceFirst("part_names:\\n *- A\\n *- B", "part_names: []"));
    return config.toString();
  }

  private static Labels track(Path desk, String data) throws Exception {
    Running track =
        run(desk, "client-track", "-d", data, "-m", "models/*", "--no-only_suggested_frames");
    assertThat(track.exit()).as(track.transcript()).isZero();
    try (SlpFile found = SlpFile.open(desk.resolve("predictions.slp"))) {
      return found.labels();
    }
  }

  private static Running run(Path desk, String... words) throws IOException {
    String[] all = Arrays.copyOf(words, words.length + 4);
    all[words.length] = "-s";
    all[words.length + 1] = session;
    all[words.length + 2] = "--working-dir";
    all[words.length + 3] = desk.toString();
    return lab.client(all);
  }
}
