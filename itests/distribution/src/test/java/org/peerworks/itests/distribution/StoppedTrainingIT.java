package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training of the built-in trainer on files of the worker, which is ended early. */
class StoppedTrainingIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir Path directory;

  private Lab lab;
  private Path mount;

  @BeforeEach
  void makeLab() throws Exception {
    lab = new Lab(directory);
    lab.signal();
    mount = Files.createDirectories(directory.resolve("vast/lab"));
    String[] sample = {
      "sample", "--out", mount.toString(), "--frames", "4", "--heldout", "2", "--size", "64"
    };
    Running made = lab.builtInTrainer(sample);
    assertThat(made.exit()).as(made.transcript()).isZero();
    lab.configureWorker("org.peerworks.files.resolver", "mounts = vast=" + mount + "\n");
  }

  @AfterEach
  void closeLab() throws Exception {
    lab.close();
  }

  @Test
  void aStoppedTrainingKeepsItsModelBesideItsLabels() throws Exception {
    Path config = mount.resolve("endless.yaml");
    Files.writeString(
        config,
        Files.readString(mount.resolve("single_instance.yaml"))
            .replaceFirst("min_train_steps_per_epoch: \\d+", "min_train_steps_per_epoch: 2")
            .replaceFirst("stop_training_on_plateau: true", "stop_training_on_plateau: false"));
    Running worker = lab.worker("--shell");
    Lab.session(worker);
    worker.type(
        "job:submit train '{\"labels\":\"%s\",\"configs\":[\"%s\"],\"max_epochs\":10000,\"run_name\":\"mine\"}'"
            .formatted(mount.resolve("train.pkg.slp"), config));
    String id = worker.awaitLine("(\\d{8}-\\d{6}-[0-9a-f]{6})").group(1);
    Path log = lab.workerData().resolve("jobs").resolve(id).resolve("log");
    awaitEpochs(log, 2);

    worker.type("job:stop " + id);
    worker.awaitLine("^STATE +SUCCEEDED");
    assertThat(worker.awaitLine("^RESULT +(\\{.*)").group(1)).contains("\"stopped_early\":true}");
    worker.awaitLine("^OUTPUTS +trained_train.pkg.zip");
    Path model = mount.resolve("models/mine");
    assertThat(model.resolve("peerworks.safetensors")).isNotEmptyFile();
    assertThat(model.resolve("last.safetensors")).isNotEmptyFile();
    assertThat(model.resolve("training_config.yaml")).isNotEmptyFile();
  }

  private static void awaitEpochs(Path log, long count) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> Files.exists(log) && epochs(log) >= count);
  }

  private static long epochs(Path log) throws IOException {
    return lines(log).stream().filter(line -> line.startsWith("Epoch ")).count();
  }

  private static List<String> lines(Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.toList();
    }
  }
}
