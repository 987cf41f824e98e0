package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

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

/** What the trainer of a worker without Python says to labels and models that it cannot use. */
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

  private void fails(String name, String... words) throws Exception {
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "-s";
    all[words.length + 1] = session;
    Running client = lab.client(all);
    assertThat(client.exit()).as(client.transcript()).isEqualTo(1);
    assertThat(String.join("\n", client.err())).contains(name);
    try (Stream<Path> desk = Files.walk(lab.desk())) {
      assertThat(desk.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private static byte[] half(byte[] whole) {
    return Arrays.copyOf(whole, whole.length / 2);
  }
}
