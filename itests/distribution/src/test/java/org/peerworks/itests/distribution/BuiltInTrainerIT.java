package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.lib.slp.SlpFile;

/**
 * What the trainer of a worker without Python does with labels and models, and says to those it
 * cannot use.
 */
class BuiltInTrainerIT {

  private static final String LABELS = "train.pkg.slp";

  @TempDir static Path directory;

  private static Lab lab;
  private static Path sample;
  private static String session;

  @BeforeAll
  static void startWorker() throws Exception {
    lab = new Lab(directory);
    lab.signal();
    session = Lab.session(lab.worker());
    sample = directory.resolve("sample");
    Running made =
        lab.builtInTrainer(
            "sample",
            "--out",
            sample.toString(),
            "--frames",
            "4",
            "--heldout",
            "2",
            "--size",
            "64");
    assertThat(made.exit()).as(made.transcript()).isZero();
  }

  @AfterAll
  static void closeLab() throws Exception {
    lab.close();
  }

  @Test
  void damagedLabelsOfAPackageAreNamed() throws Exception {
    Path zip = Files.copy(sample.resolve("train.zip"), directory.resolve("damaged.zip"));
    try (FileSystem inside = FileSystems.newFileSystem(zip)) {
      Path labels = inside.getPath(LABELS);
      Files.write(labels, half(Files.readAllBytes(labels)));
    }

    fails(LABELS, "client-train", "-p", zip.toString());
  }

  @Test
  void aFolderWithoutAModelIsNamed() throws Exception {
    Path model = Files.createDirectories(directory.resolve("no_model"));
    Files.writeString(model.resolve("notes.txt"), "nothing");
    String data = sample.resolve("heldout.pkg.slp").toString();

    fails("no_model", "client-track", "-d", data, "-m", model.toString());
  }

  @Test
  void aModelThatItTrainedFindsAnimalsOnNewFrames() throws Exception {
    Path own = Files.createDirectories(directory.resolve("own"));
    Path config = own.resolve("short.yaml");
    Files.writeString(
        config,
        Files.readString(sample.resolve("single_instance.yaml"))
            .replaceFirst("max_epochs: \\d+", "max_epochs: 2")
            .replaceFirst("min_train_steps_per_epoch: \\d+", "min_train_steps_per_epoch: 100"));
    String labels = sample.resolve(LABELS).toString();
    Running train =
        run(
            "client-train",
            "--working-dir",
            own.toString(),
            "-p",
            labels,
            "--config",
            "short.yaml");
    assertThat(train.exit()).as(train.transcript()).isZero();
    assertThat(train.transcript()).contains("Epoch 2/2");

    String data = sample.resolve("heldout.pkg.slp").toString();
    Running track =
        run("client-track", "--working-dir", own.toString(), "-d", data, "-m", "models/*");
    assertThat(track.exit()).as(track.transcript()).isZero();
    try (SlpFile found = SlpFile.open(own.resolve("predictions.slp"))) {
      assertThat(found.labels().frames())
          .hasSize(2)
          .allSatisfy(frame -> assertThat(frame.predicted()).hasSize(1));
    }
  }

  private void fails(String name, String... words) throws Exception {
    Running client = run(words);
    assertThat(client.exit()).as(client.transcript()).isEqualTo(1);
    assertThat(String.join("\n", client.err())).contains(name);
    try (Stream<Path> desk = Files.walk(lab.desk())) {
      assertThat(desk.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private Running run(String... words) throws IOException {
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "-s";
    all[words.length + 1] = session;
    return lab.client(all);
  }

  private static byte[] half(byte[] whole) {
    return Arrays.copyOf(whole, whole.length / 2);
  }
}
