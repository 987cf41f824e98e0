package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people and their files may get wrong: told by name, and nothing is left of it. */
class BadInputIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path directory;

  private static Lab lab;
  private static ScriptedTrainer trainer;
  private static BadPackages packages;
  private static Running worker;
  private static String session;

  @BeforeAll
  static void startWorker() throws Exception {
    lab = new Lab(directory);
    trainer = new ScriptedTrainer(lab);
    trainer.go();
    packages = new BadPackages(directory.resolve("bad"));
    lab.signal();
    worker = lab.worker();
    session = Lab.session(worker);
    Files.createDirectories(lab.desk());
  }

  @AfterAll
  static void aGoodJobStillRuns() throws Exception {
    try {
      Running good =
          client("client-train", "-p", trainer.trainingPackage("good.zip", 1000).toString());
      assertThat(good.exit()).as(good.transcript()).isZero();
    } finally {
      lab.close();
    }
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    assertThat(files(lab.desk())).isEmpty();
    assertThat(files(lab.workerData().resolve("uploads"))).isEmpty();
    assertThat(files(lab.workerData().resolve("jobs")))
        .noneMatch(file -> file.toString().matches(".*/(input|work|output)/.*"));
    assertThat(files(directory)).noneMatch(file -> file.getFileName().toString().contains("evil"));
    assertThat(directory.resolve("client-data/framework")).isEmptyDirectory();
    await().atMost(PATIENCE).until(() -> !trainer.isRunning());
    assertThat(worker.isAlive()).as(worker.transcript()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          truncated    | truncated.zip.*damaged
          damaged      | train-script.sh.*damaged
          slip         | slip.zip.*'../evil.txt'
          absolute     | absolute.zip.*'/evil.txt'
          backslash    | backslash.zip.*evil.txt'
          bomb         | bomb.zip.*'zeros'.*zip bomb
          link         | link.zip.*'evil-link' is a link
          commandless  | 'train-script.sh' has no 'sleap-nn train
          program      | Line 2 of 'train-script.sh' runs 'rm'
          shell        | Line 1 of.* ';'
          option       | Line 1 of.*does not know the option '--evil'
          unlabelled   | 'single.yaml' wants labels.*'labels.slp'
          unconfigured | no configuration 'single.yaml'
          scriptless   | scriptless.zip.*no 'train-script.sh'
          """)
  void theWorkerRefusesABadPackage(String name, String message) throws Exception {
    Running client = client("client-train", "-p", packages.make(name).toString());

    assertThat(client.exit()).as(client.transcript()).isEqualTo(1);
    assertThat(String.join(" ", client.err())).containsPattern(message);
  }

  @Test
  void theClientSendsNothingThatIsNoArchive() throws Exception {
    refusedHere("'.*none.zip' is no zip archive", "client-train", "-p", bad("none"));
  }

  @Test
  void theClientSendsNoDamagedLabels() throws Exception {
    Path whole = LabelFiles.ofTwoAnimals(directory.resolve("bad/whole.slp"));
    Path half = directory.resolve("bad/half.slp");
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(half, java.util.Arrays.copyOf(bytes, bytes.length / 2));

    refusedHere("half.slp", "client-train", "-p", half.toString());
    Files.createDirectories(directory.resolve("bad/model"));
    refusedHere("half.slp", "client-track", "-d", half.toString(), "-m", "../bad/model");
  }

  @Test
  void theClientNamesAMissingModel() throws Exception {
    String labels = LabelFiles.ofTwoAnimals(directory.resolve("bad/labels.slp")).toString();

    refusedHere("'.*models/none'", "client-track", "-d", labels, "-m", "models/none");
    refusedHere("'models/no\\*'", "client-track", "-d", labels, "-m", "models/no*");
  }

  @Test
  void theClientNamesMissingLabels() throws Exception {
    refusedHere("no file '.*none.slp'", "client-train", "-p", "none.slp");
    refusedHere("no file '.*none.slp'", "client-track", "-d", "none.slp", "-m", ".");
  }

  @Test
  void theClientNamesAnUnknownOption() throws Exception {
    refusedHere("--evil", "client-train", "-p", bad("slip"), "--evil");
  }

  private void refusedHere(String message, String... words) throws Exception {
    Running client = client(words);
    assertThat(client.exit()).as(client.transcript()).isEqualTo(2);
    assertThat(String.join(" ", client.err())).containsPattern(message);
  }

  private static String bad(String name) throws IOException {
    return packages.make(name).toString();
  }

  private static Running client(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("-s", session));
    return lab.client(all.toArray(String[]::new));
  }

  private static List<Path> files(Path root) throws IOException {
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> !Files.isDirectory(path)).toList();
    }
  }
}
