package org.peerworks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.train.LabelsReader;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobState;

final class TrainTest {

  @TempDir Path here;
  private MemoryLab lab;

  @BeforeEach
  void open() throws IOException {
    lab = new MemoryLab(here);
    Files.write(here.resolve("package.zip"), Zips.of("train-script.sh", "sleap-nn train"));
    Files.write(here.resolve("labels.v929.slp"), new byte[] {(byte) 0x89, 'H', 'D', 'F', 1});
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void aPackageGoesInAndModelsComeOut() {
    lab.jobs.behaviour = TrainTest::trainTwoModels;

    int status = train("--pkg_path", "package.zip", "--priority", "7", "--timeout", "2h");

    assertThat(status).as(lab.err()).isZero();
    MemoryJobs.Entry job = lab.jobs.entries.values().iterator().next();
    assertThat(job.inputs).containsOnlyKeys("package.zip");
    assertThat(job.request.type()).isEqualTo("train");
    assertThat(job.request.parameters()).isEqualTo("{}");
    assertThat(job.request.priority()).isEqualTo(7);
    assertThat(job.request.timeout()).hasHours(2);
    assertThat(modelFolders())
        .hasSize(2)
        .anyMatch(name -> name.matches("centroid_\\d{6}_\\d{6}"))
        .anyMatch(name -> name.matches("centered_instance_\\d{6}_\\d{6}"));
    assertThat(lab.out())
        .contains("Connected to worker 'gpu-1' (Peerworks 1.2.3).")
        .contains("Sending 100 %")
        .contains("job attach 20261121-120000-abcdef")
        .contains("Place 2 in the queue")
        .contains("Epoch 1/50 2 %  train_loss=0.0012")
        .contains("Epoch 1/50: train_loss=0.0012 val_loss=0.0013")
        .contains("Model: " + here.resolve("models"))
        .contains("succeeded in 1 min 2 s");
  }

  @Test
  void everythingIsClosedAndNothingElseIsLeft() throws IOException {
    lab.jobs.behaviour = TrainTest::trainTwoModels;

    train("--pkg_path", "package.zip");

    assertThat(lab.open).isEmpty();
    assertThat(names(here)).containsExactlyInAnyOrder("models", "package.zip", "labels.v929.slp");
    assertThat(names(here.resolve("models"))).noneMatch(name -> name.startsWith("."));
  }

  @Test
  void modelsNeverGoOverAFolderThatIsThere() throws IOException {
    lab.jobs.behaviour = TrainTest::trainTwoModels;

    train("--pkg_path", "package.zip");
    train("--pkg_path", "package.zip");
    train("--pkg_path", "package.zip");

    assertThat(modelFolders()).hasSize(6);
    for (String folder : modelFolders()) {
      assertThat(here.resolve("models").resolve(folder).resolve("best.ckpt")).exists();
    }
  }

  @Test
  void resultsGoToTheWorkingDirectory() throws IOException {
    lab.jobs.behaviour = TrainTest::trainTwoModels;
    Path project = Files.createDirectory(here.resolve("project"));
    Files.copy(here.resolve("package.zip"), project.resolve("inside.zip"));

    assertThat(train("--pkg_path", "inside.zip", "--working-dir", "project")).isZero();

    assertThat(names(project.resolve("models"))).hasSize(2);
  }

  @Test
  void labelsOfOneAnimalGetASingleInstanceModelByDefault() {
    lab.jobs.behaviour = job -> job.end(JobState.SUCCEEDED, "", null);

    assertThat(train("--pkg_path", "labels.v929.slp")).isZero();

    MemoryJobs.Entry job = lab.jobs.entries.values().iterator().next();
    assertThat(job.inputs).containsOnlyKeys("labels.v929.slp", "single_instance.yaml");
    assertThat(job.request.parameters()).isEqualTo("{\"configs\":[\"single_instance.yaml\"]}");
    assertThat(new String(job.inputs.get("single_instance.yaml"), StandardCharsets.UTF_8))
        .contains("train_labels_path:\n  - \"labels.v929.slp\"\n");
    assertThat(lab.out()).contains("training a single-instance model").contains("No models");
  }

  @Test
  void labelsOfManyAnimalsGetTwoModelsByDefault() throws IOException {
    lab.labels = new LabelsReader.Labels(5, 3, 7, true, List.of());
    lab.jobs.behaviour = job -> job.end(JobState.SUCCEEDED, "", null);

    assertThat(train("--pkg_path", "labels.v929.slp")).isZero();

    MemoryJobs.Entry job = lab.jobs.entries.values().iterator().next();
    assertThat(job.request.parameters())
        .isEqualTo("{\"configs\":[\"centroid.yaml\",\"centered_instance.yaml\"]}");
    assertThat(lab.out()).contains("up to 3 animals");
    assertThat(names(here)).noneMatch(name -> name.startsWith("peerworks-"));
  }

  @Test
  void ownConfigurationsAreSentInTheirOrder() throws IOException {
    Files.writeString(here.resolve("b.yaml"), "b: 1");
    Files.writeString(here.resolve("a (2).yml"), "a: 1");
    lab.jobs.behaviour = job -> job.end(JobState.SUCCEEDED, "", null);

    assertThat(train("-p", "labels.v929.slp", "--config", "b.yaml", "--config", "a (2).yml"))
        .isZero();

    MemoryJobs.Entry job = lab.jobs.entries.values().iterator().next();
    assertThat(job.inputs).containsOnlyKeys("labels.v929.slp", "b.yaml", "a _2_.yml");
    assertThat(job.request.parameters()).isEqualTo("{\"configs\":[\"b.yaml\",\"a _2_.yml\"]}");
  }

  @Test
  void theOldNameStillTrainsAndSaysSo() {
    lab.jobs.behaviour = TrainTest::trainTwoModels;

    assertThat(lab.run("client", "-s", MemoryLab.SESSION, "-p", "package.zip")).isZero();

    assertThat(lab.err()).contains("deprecated").contains("client-train");
  }

  @Test
  void aFailedJobGivesItsReasonAndItsPartialModels() {
    lab.jobs.behaviour =
        job -> {
          job.running();
          job.output("trained_package.zip", Zips.of("centroid/best.ckpt", "half"));
          job.end(JobState.FAILED, "ERROR: out of memory", null);
        };

    assertThat(train("--pkg_path", "package.zip")).isEqualTo(ExitStatus.FAILED);

    assertThat(modelFolders()).hasSize(1);
    assertThat(lab.err()).contains("ended FAILED: ERROR: out of memory");
  }

  @Test
  void anArchiveThatLeavesItsFolderIsRefused() throws IOException {
    lab.jobs.behaviour =
        job -> {
          job.output("trained.zip", Zips.of("ok/a", "x", "../../evil", "y"));
          job.end(JobState.SUCCEEDED, "", null);
        };

    assertThat(train("--pkg_path", "package.zip")).isEqualTo(ExitStatus.FAILED);

    assertThat(lab.err()).contains("refused").contains("evil");
    assertThat(names(here.resolve("models"))).isEmpty();
    assertThat(here.resolve("evil")).doesNotExist();
  }

  @Test
  void anOutputWithABadNameIsRefused() throws IOException {
    lab.jobs.behaviour =
        job -> {
          job.output("../evil.zip", Zips.of("ok/a", "x"));
          job.end(JobState.SUCCEEDED, "", null);
        };

    assertThat(train("--pkg_path", "package.zip")).isEqualTo(ExitStatus.FAILED);

    assertThat(lab.err()).contains("names an output badly");
    assertThat(names(here.resolve("models"))).isEmpty();
  }

  @Test
  void aDamagedDownloadIsThrownAway() throws IOException {
    lab.jobs.damaged = true;
    lab.jobs.behaviour = TrainTest::trainTwoModels;

    assertThat(train("--pkg_path", "package.zip")).isEqualTo(ExitStatus.FAILED);

    assertThat(lab.err()).contains("arrived damaged").contains("job attach");
    assertThat(names(here.resolve("models"))).isEmpty();
  }

  @Test
  void aDownloadThatBreaksOffIsTakenUpWhereItEnded() {
    lab.jobs.breaks = 2;
    lab.jobs.behaviour = TrainTest::trainTwoModels;

    assertThat(train("--pkg_path", "package.zip")).as(lab.err()).isZero();

    List<Long> offsets = List.copyOf(lab.jobs.openedAt);
    assertThat(offsets).hasSize(3).isSorted();
    assertThat(offsets.get(1)).isPositive();
    assertThat(lab.err()).contains("taking it up again");
  }

  @Test
  void aDownloadThatNeverGetsOnIsGivenUp() throws IOException {
    lab.jobs.breaks = 1000;
    lab.jobs.behaviour =
        job -> {
          job.output("trained.zip", new byte[] {'P'});
          job.end(JobState.SUCCEEDED, "", null);
        };

    assertThat(train("--pkg_path", "package.zip")).isEqualTo(ExitStatus.FAILED);

    assertThat(lab.err()).contains("ends after 0 bytes");
    assertThat(names(here.resolve("models"))).isEmpty();
  }

  @Test
  void anInterruptCancelsTheJob() {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    lab.jobs.behaviour = MemoryJobs.Entry::running;
    Thread command = new Thread(() -> status.complete(train("-p", "package.zip")), "command");
    command.start();
    await().until(() -> lab.out().contains("The job runs."));

    command.interrupt();

    await().until(status::isDone);
    assertThat(status).isCompletedWithValue(ExitStatus.INTERRUPTED);
    assertThat(lab.err()).contains("Cancelling job").contains("is cancelled");
    assertThat(lab.jobs.entries.values().iterator().next().job().state())
        .isEqualTo(JobState.CANCELLED);
    assertThat(lab.open).isEmpty();
  }

  @Test
  void aLostConnectionIsReported() {
    lab.jobs.behaviour =
        job -> {
          job.running();
          lab.lost.complete("The worker has gone.");
        };

    assertThat(train("--pkg_path", "package.zip")).isEqualTo(ExitStatus.NO_CONNECTION);

    assertThat(lab.err()).contains("connection to worker 'gpu-1' was lost: The worker has gone.");
    assertThat(lab.out()).contains("may go on without us");
  }

  @Test
  void aRefusalIsReported() {
    lab.jobs.refusal =
        new JobException(JobException.Code.UNKNOWN_TYPE, "There is no job type 'train' now.");

    assertThat(train("--pkg_path", "package.zip")).isEqualTo(ExitStatus.REFUSED);

    assertThat(lab.err()).contains("There is no job type 'train' now.");
  }

  @Test
  void aWorkerThatGoesAwayIsAConnectionThatIsLost() {
    lab.jobs.refusal = new JobException(JobException.Code.UNAVAILABLE, "The worker is stopping.");

    assertThat(train("--pkg_path", "package.zip")).isEqualTo(ExitStatus.NO_CONNECTION);
  }

  @Test
  void wrongFilesAreNamedBeforeAnythingIsSent() throws IOException {
    Files.writeString(here.resolve("fake.zip"), "no zip");
    Files.writeString(here.resolve("fake.slp"), "no slp");
    Files.writeString(here.resolve("text.txt"), "text");
    Files.createDirectory(here.resolve("folder.zip"));

    for (String file : List.of("fake.zip", "fake.slp", "text.txt", "folder.zip")) {
      assertThat(train("--pkg_path", file)).as(file).isEqualTo(ExitStatus.USAGE);
      assertThat(lab.err()).contains(file);
    }
    assertThat(train("-p", "package.zip", "--config", "text.txt")).isEqualTo(ExitStatus.USAGE);
    assertThat(train("-p", "labels.v929.slp", "-c", "text.txt")).isEqualTo(ExitStatus.USAGE);
    assertThat(train("-p", "labels.v929.slp", "-c", "no.yaml")).isEqualTo(ExitStatus.USAGE);
    lab.labels = new LabelsReader.Labels(0, 0, 7, true, List.of());
    assertThat(train("-p", "labels.v929.slp")).isEqualTo(ExitStatus.USAGE);
    assertThat(lab.err()).contains("no labelled frames");
    assertThat(lab.joined).isNull();
  }

  @Test
  void labelsWithoutImagesAreWarnedOf() {
    lab.labels = new LabelsReader.Labels(5, 1, 7, false, List.of());
    lab.jobs.behaviour = job -> job.end(JobState.SUCCEEDED, "", null);

    assertThat(train("-p", "labels.v929.slp", "--no-videos")).isZero();

    assertThat(lab.err()).contains("images are not in 'labels.v929.slp'");
  }

  @Test
  void scriptsGetJsonLinesAndNothingElse() throws IOException {
    lab.jobs.behaviour = TrainTest::trainTwoModels;

    assertThat(train("--pkg_path", "package.zip", "--json")).isZero();

    List<JsonNode> events = new ArrayList<>();
    for (String line : lab.out().lines().toList()) {
      events.add(new ObjectMapper().readTree(line));
    }
    assertThat(events)
        .extracting(event -> event.path("event").asText())
        .startsWith("connected", "upload")
        .containsSubsequence(
            "connected", "upload", "submitted", "queued", "state", "progress", "download", "ended")
        .contains("log")
        .endsWith("ended");
    JsonNode last = events.get(events.size() - 1);
    assertThat(last.path("job").path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(last.path("saved")).hasSize(2);
    assertThat(lab.err()).contains("Connected to worker");
  }

  @Test
  void aLogCannotSteerTheTerminal() {
    lab.jobs.behaviour =
        job -> {
          job.log("\u001b[2J\u001b]0;title\u0007plain 10%\r50%\rdone\u0000\n");
          job.end(JobState.SUCCEEDED, "", null);
        };

    train("--pkg_path", "package.zip");

    assertThat(lab.out()).contains("\ndone\n").doesNotContain("\u001b", "title", "\u0000");
  }

  static void trainTwoModels(MemoryJobs.Entry job) {
    job.queued(2);
    job.running();
    job.progress(1, 50, "epoch", "train_loss=0.0012");
    job.log("Epoch 1/50: train_loss=0.0012 ");
    job.log("val_loss=0.0013\n");
    job.output(
        "trained_package.zip",
        Zips.of("centroid/best.ckpt", "c", "centered_instance/best.ckpt", "i"));
    job.end(JobState.SUCCEEDED, "", "{\"models\":[]}");
  }

  private int train(String... words) {
    List<String> all = new ArrayList<>(List.of("client-train", "-s", MemoryLab.SESSION));
    all.addAll(List.of(words));
    return lab.run(all.toArray(String[]::new));
  }

  private List<String> modelFolders() {
    return names(here.resolve("models"));
  }

  private static List<String> names(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(path -> path.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
