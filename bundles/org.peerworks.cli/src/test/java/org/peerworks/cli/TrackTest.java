package org.peerworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.train.LabelsReader;
import org.peerworks.job.api.JobState;

final class TrackTest {

  private static final byte[] PREDICTIONS = "predictions".getBytes(StandardCharsets.UTF_8);

  @TempDir Path here;
  private MemoryLab lab;

  @BeforeEach
  void open() throws IOException {
    lab = new MemoryLab(here);
    Files.write(here.resolve("labels.v929.slp"), new byte[] {(byte) 0x89, 'H', 'D', 'F', 1});
    model("models/centroid_251024_152308");
    model("models/centered_instance_251024_152308");
    lab.jobs.behaviour =
        job -> {
          job.running();
          job.progress(12, 40, "frame", "");
          job.output("predictions.slp", PREDICTIONS);
          job.end(JobState.SUCCEEDED, "", "{\"predictions\":\"predictions.slp\",\"seconds\":1}");
        };
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void labelsWithoutSuggestedFramesAreNotSent() {
    lab.labels = new LabelsReader.Labels(5, 1, 0, true, List.of());

    assertThat(track("-d", "labels.v929.slp", "-m", "models/centroid_251024_152308"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(lab.err()).contains("no suggested frames", "--no-only_suggested_frames");
    assertThat(lab.connected).isEmpty();
    assertThat(
            track(
                "-d",
                "labels.v929.slp",
                "-m",
                "models/centroid_251024_152308",
                "--no-only_suggested_frames"))
        .as(lab.err())
        .isZero();
  }

  @Test
  void labelsAndModelsGoInAndPredictionsComeOut() {
    int status =
        track(
            "--data_path",
            "labels.v929.slp",
            "--model_paths",
            "models/centroid_251024_152308",
            "--model_paths",
            "models/centered_instance_251024_152308",
            "--output",
            "predictions.slp");

    assertThat(status).as(lab.err()).isZero();
    assertThat(here.resolve("predictions.slp")).hasBinaryContent(PREDICTIONS);
    MemoryJobs.Entry job = lab.jobs.entries.values().iterator().next();
    assertThat(job.inputs).containsOnlyKeys("track_package.zip");
    Map<String, String> content = Zips.content(job.inputs.get("track_package.zip"));
    assertThat(content)
        .containsOnlyKeys(
            "track_package/labels.v929.slp",
            "track_package/models/centroid_251024_152308/best.ckpt",
            "track_package/models/centroid_251024_152308/logs/training_log.csv",
            "track_package/models/centered_instance_251024_152308/best.ckpt",
            "track_package/models/centered_instance_251024_152308/logs/training_log.csv",
            "track_package/track-script.sh");
    assertThat(content.get("track_package/track-script.sh"))
        .isEqualTo(
            """
            #!/bin/bash
            # Auto-generated inference script for sleap-nn track

            sleap-nn track \\
              --data_path labels.v929.slp \\
              --only_suggested_frames \\
              --model_paths models/centroid_251024_152308 \\
              --model_paths models/centered_instance_251024_152308 \\
              -o predictions.slp
            """);
    assertThat(lab.out()).contains("Frame 12/40").contains("Predictions: " + here);
  }

  @Test
  void allFramesAndNamesWithSpacesHaveTheirPlaceInTheScript() throws IOException {
    model("models/my model; rm -rf");
    Files.copy(here.resolve("labels.v929.slp"), here.resolve("my labels.slp"));

    track(
        "-d",
        "my labels.slp",
        "-m",
        "models/my model; rm -rf",
        "--no-only_suggested_frames",
        "-o",
        "out/my result.slp");

    MemoryJobs.Entry job = lab.jobs.entries.values().iterator().next();
    assertThat(
            Zips.content(job.inputs.get("track_package.zip")).get("track_package/track-script.sh"))
        .endsWith(
            """
            sleap-nn track \\
              --data_path 'my labels.slp' \\
              --model_paths 'models/my model_ rm -rf' \\
              -o 'my result.slp'
            """);
    assertThat(here.resolve("out/my result.slp")).hasBinaryContent(PREDICTIONS);
  }

  @Test
  void whatTheTrackerIsToldStandsInTheScript() {
    assertThat(
            track(
                "-d",
                "labels.v929.slp",
                "-m",
                "models/centroid_*",
                "--frames",
                "0-100, 200",
                "--tracking",
                "--max-instances",
                "2"))
        .isZero();

    assertThat(script())
        .endsWith(
            """
            sleap-nn track \\
              --data_path labels.v929.slp \\
              --frames 0-100,200 \\
              --max_instances 2 \\
              --tracking \\
              --model_paths models/centroid_251024_152308 \\
              -o predictions.slp
            """);
  }

  @Test
  void quotedPatternsNameModels() {
    assertThat(track("-d", "labels.v929.slp", "-m", "models/centroid_*", "-m", "models/*_1523??"))
        .isZero();

    assertThat(script())
        .containsSubsequence(
            "--model_paths models/centroid_251024_152308",
            "--model_paths models/centered_instance_251024_152308");
    assertThat(script().split("--model_paths")).hasSize(3);
  }

  @Test
  void modelsOfOneNameAreKeptApart() throws IOException {
    model("other/centroid_251024_152308");

    track(
        "-d",
        "labels.v929.slp",
        "-m",
        "models/centroid_251024_152308",
        "other/centroid_251024_152308");

    assertThat(script())
        .contains("--model_paths models/centroid_251024_152308 ")
        .contains("--model_paths models/centroid_251024_152308_2 ");
  }

  @Test
  void thePackageIsDeletedAndTheSourcesAreNot() {
    track("-d", "labels.v929.slp", "-m", "models/centroid_*");

    try (Stream<Path> entries = Files.list(here)) {
      assertThat(entries.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("labels.v929.slp", "models", "predictions.slp");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    assertThat(here.resolve("models/centroid_251024_152308/best.ckpt")).exists();
  }

  @Test
  void anEarlierFileIsReplacedOnSuccess() throws IOException {
    Files.writeString(here.resolve("predictions.slp"), "earlier");

    assertThat(track("-d", "labels.v929.slp", "-m", "models/centroid_*")).isZero();

    assertThat(here.resolve("predictions.slp")).hasBinaryContent(PREDICTIONS);
  }

  @Test
  void anEarlierFileStaysWhenTheJobFails() throws IOException {
    Files.writeString(here.resolve("predictions.slp"), "earlier");
    lab.jobs.behaviour =
        job -> {
          job.output("predictions.slp", PREDICTIONS);
          job.end(JobState.FAILED, "ERROR: model does not fit", null);
        };

    assertThat(track("-d", "labels.v929.slp", "-m", "models/centroid_*"))
        .isEqualTo(ExitStatus.FAILED);

    assertThat(here.resolve("predictions.slp")).hasContent("earlier");
    assertThat(lab.err()).contains("model does not fit");
  }

  @Test
  void anEarlierFileStaysWhenTheDownloadIsDamaged() throws IOException {
    Files.writeString(here.resolve("predictions.slp"), "earlier");
    lab.jobs.damaged = true;

    assertThat(track("-d", "labels.v929.slp", "-m", "models/centroid_*"))
        .isEqualTo(ExitStatus.FAILED);

    assertThat(here.resolve("predictions.slp")).hasContent("earlier");
  }

  @Test
  void aSuccessWithoutPredictionsIsNone() {
    lab.jobs.behaviour = job -> job.end(JobState.SUCCEEDED, "", null);

    assertThat(track("-d", "labels.v929.slp", "-m", "models/centroid_*"))
        .isEqualTo(ExitStatus.FAILED);

    assertThat(lab.err()).contains("returned no predictions");
  }

  @Test
  void wrongFilesAreNamedBeforeAnythingIsSent() throws IOException {
    Files.createDirectory(here.resolve("folder"));
    Files.writeString(here.resolve("text.slp"), "text");

    assertWrong("no SLEAP file", "-d", "text.slp", "-m", "models/centroid_*");
    assertWrong("no folder", "-d", "labels.v929.slp", "-m", "models/missing");
    assertWrong("No folder matches", "-d", "labels.v929.slp", "-m", "models/missing_*");
    assertWrong("is no folder", "-d", "labels.v929.slp", "-m", "text.slp");
    assertWrong("is a folder", "-d", "labels.v929.slp", "-m", "models/cent*", "-o", "folder");
    assertThat(lab.joined).isNull();
  }

  @Test
  void whatNoPackageCanHoldIsNamed() throws IOException {
    Path model = here.resolve("models/centroid_251024_152308");
    Files.writeString(model.resolve("BEST.CKPT"), "other weights");

    assertWrong("centroid_251024_152308/best.ckpt'", "-d", "labels.v929.slp", "-m", "models/cent*");

    Files.delete(model.resolve("BEST.CKPT"));
    Files.createSymbolicLink(model.resolve("lost.ckpt"), here.resolve("nowhere"));
    assertWrong("lost.ckpt' is no file", "-d", "labels.v929.slp", "-m", "models/cent*");

    Files.delete(model.resolve("lost.ckpt"));
    Files.createSymbolicLink(model.resolve("round"), model);
    assertThat(track("-d", "labels.v929.slp", "-m", "models/cent*")).isEqualTo(ExitStatus.FAILED);
    assertThat(lab.err()).contains("centroid_251024_152308/round'");
    assertThat(lab.joined).isNull();
    assertThat(here).isDirectoryNotContaining("glob:**/peerworks-*");
  }

  private void assertWrong(String message, String... words) {
    assertThat(track(words)).as(message).isEqualTo(ExitStatus.USAGE);
    assertThat(lab.err()).contains(message);
  }

  private String script() {
    MemoryJobs.Entry job = lab.jobs.entries.values().iterator().next();
    return Zips.content(job.inputs.get("track_package.zip")).get("track_package/track-script.sh");
  }

  private int track(String... words) {
    List<String> all = new ArrayList<>(List.of("client-track", "-s", MemoryLab.SESSION));
    all.addAll(List.of(words));
    return lab.run(all.toArray(String[]::new));
  }

  private void model(String path) throws IOException {
    Path folder = Files.createDirectories(here.resolve(path));
    Files.writeString(folder.resolve("best.ckpt"), "weights");
    Files.createDirectory(folder.resolve("logs"));
    Files.writeString(folder.resolve("logs/training_log.csv"), "epoch");
  }
}
