package org.peerworks.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobStopped;
import org.peerworks.job.api.Progress;
import org.peerworks.job.testkit.RealContext;
import org.peerworks.job.testkit.ZipFile;
import org.peerworks.lib.files.ArchiveLimits;

class TrainJobTypeTest {

  /** Trains two epochs; fails on the model in the file {@code fail}. */
  private static final String TRAINER =
      """
      for a; do printf '%s\\n' "$a"; case "$a" in
        *trainer_config.ckpt_dir=*) ckpt=${a#*=};;
        *trainer_config.run_name=*) run=${a#*=};;
      esac; done > HERE/arguments
      mkdir -p "$ckpt/$run"
      cp HERE/arguments "HERE/arguments-$run"
      pwd > "$ckpt/$run/where"
      printf 'Epoch 1/2: train_loss=0.5 val_loss=0.6 (0.1 s)\\n'
      if [ "$run" = "$(cat HERE/fail 2>/dev/null)" ]; then
        echo "ERROR: No visible points in the labels." >&2
        exit 2
      fi
      printf 'Epoch 2/2: train_loss=0.25 val_loss=0.3 (0.1 s)\\n'
      echo weights > "$ckpt/$run/weights.bin"
      """;

  @TempDir Path directory;
  private RealContext context;
  private final TrainJobType type = new TrainJobType(ArchiveLimits.DEFAULT, false);

  @BeforeEach
  void makeJob() throws IOException {
    context = new RealContext(directory).withProgram(TRAINER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "labels.v001/"})
  void trainsThePackagesModelsInOrder(String folder) throws Exception {
    context.withInput(SleapPackage.zip().write(context.input("labels.v001.zip"), folder));

    JobResult result = type.run(context);

    assertThat(result.reason()).isEmpty();
    assertThat(result.succeeded()).isTrue();
    assertThat(context.started()).containsExactly("train-1-centroid", "train-2-centered_instance");
    assertThat(result.outputs()).containsOnlyKeys("trained_labels.v001.zip");
    assertThat(ZipFile.read(result.outputs().get("trained_labels.v001.zip")))
        .containsEntry("centroid/weights.bin", "weights")
        .containsEntry("centered_instance/weights.bin", "weights")
        .containsKey("centroid/where")
        .hasSize(4);
    JsonNode models = new ObjectMapper().readTree(result.document()).get("models");
    assertThat(models).hasSize(2);
    assertThat(models.get(0).get("config").asText()).isEqualTo("centroid");
    assertThat(models.get(0).get("folder").asText()).isEqualTo("centroid");
    assertThat(models.get(0).get("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(models.get(0).get("seconds").asDouble()).isNotNegative();
    assertThat(models.get(1).get("reason").asText()).isEmpty();
  }

  @Test
  void theTrainerWritesToThePackageWhateverTheScriptSays() throws Exception {
    context.withInput(
        new ZipFile()
            .with(
                "train-script.sh",
                "sleap-nn-train --config-name centroid.yaml --config-dir ."
                    + " trainer_config.ckpt_dir=/home/me/models trainer_config.run_name=../../x.n=9"
                    + " trainer_config.max_epochs=7")
            .with("centroid.yaml", SleapPackage.CONFIG)
            .with("labels.v001.pkg.slp", "x")
            .write(context.input("p.zip")));

    assertThat(type.run(context).succeeded()).isTrue();

    assertThat(Files.readAllLines(directory.resolve("arguments-centroid")))
        .extracting(argument -> argument.replaceFirst("_port=\\d+$", "_port=PORT"))
        .containsExactly(
            "train",
            "--config-name",
            "centroid.yaml",
            "--config-dir",
            ".",
            "trainer_config.ckpt_dir=models",
            "trainer_config.run_name=centroid",
            "data_config.train_labels_path=[labels.v001.pkg.slp]",
            "trainer_config.max_epochs=7",
            "++trainer_config.zmq.controller_port=PORT",
            "++trainer_config.zmq.publish_port=PORT");
  }

  @Test
  void theVideosOfBareLabelsLieBesideThem() throws Exception {
    context
        .withProgram(TRAINER + "ls > HERE/listed\n")
        .withInput(file("labels.slp", "x"))
        .withInput(file("a.yaml", SleapPackage.CONFIG))
        .withInput(file("small_robot.mp4", "frames"));

    assertThat(type.run(context).reason()).isEmpty();

    assertThat(Files.readAllLines(directory.resolve("listed")))
        .contains("labels.slp", "a.yaml", "small_robot.mp4");
    assertThat(context.input("small_robot.mp4")).hasContent("frames");
  }

  @Test
  void bareLabelsAreTrainedWithTheirConfigurations() throws Exception {
    context
        .withInput(file("labels.pkg.slp", "x"))
        .withInput(file("b.yml", SleapPackage.CONFIG))
        .withInput(file("a.yaml", SleapPackage.CONFIG))
        .withParameters("{\"configs\":[\"b.yml\",\"a.yaml\"],\"controller_port\":9100}");

    JobResult result = type.run(context);

    assertThat(result.reason()).isEmpty();
    assertThat(context.started()).containsExactly("train-1-b", "train-2-a");
    assertThat(result.outputs()).containsOnlyKeys("trained_labels.pkg.zip");
    assertThat(Files.readAllLines(directory.resolve("arguments-b")))
        .contains("b.yaml")
        .doesNotContain("++trainer_config.zmq.controller_port=9100")
        .contains("data_config.train_labels_path=[labels.pkg.slp]");
    assertThat(context.input("labels.pkg.slp")).hasContent("x");
  }

  @Test
  void aTrainerThatWritesToItsLabelsLeavesTheInputAlone() throws Exception {
    context
        .withProgram("echo changed > labels.slp; " + TRAINER)
        .withInput(file("labels.slp", "x"))
        .withInput(file("a.yaml", SleapPackage.CONFIG));

    assertThat(type.run(context).succeeded()).isTrue();
    assertThat(context.input("labels.slp")).hasContent("x");
  }

  @Test
  void aLongNameIsShortened() throws Exception {
    String stem = "ä".repeat(125);
    context.withInput(SleapPackage.zip().write(context.input(stem + ".zip")));

    assertThat(type.run(context).outputs()).containsOnlyKeys("trained_" + "ä".repeat(100) + ".zip");
  }

  @Test
  void aCheckpointIsRefusedUnlessAllowed() throws Exception {
    context.withInput(
        SleapPackage.zip()
            .with("best.ckpt", "x")
            .with(
                "train-script.sh",
                "sleap-nn train --config-name centroid.yaml"
                    + " trainer_config.resume_ckpt_path=best.ckpt")
            .write(context.input("p.zip")));

    assertThat(type.run(context).reason()).contains("allowCheckpoints");
    assertThat(context.started()).isEmpty();
    assertThat(new TrainJobType(ArchiveLimits.DEFAULT, true).run(context).succeeded()).isTrue();
  }

  @Test
  void withoutAnOrderConfigurationsAreTrainedByName() throws Exception {
    context
        .withInput(file("labels.slp", "x"))
        .withInput(file("b.yaml", SleapPackage.CONFIG))
        .withInput(file("a.yaml", SleapPackage.CONFIG));

    assertThat(type.run(context).succeeded()).isTrue();
    assertThat(context.started()).containsExactly("train-1-a", "train-2-b");
  }

  @Test
  void aFailedModelStopsTheRestAndWhatIsThereComesBack() throws Exception {
    Files.writeString(directory.resolve("fail"), "centered_instance");
    String script = SleapPackage.SCRIPT + "sleap-nn train --config-name third.yaml\n";
    context.withInput(
        SleapPackage.zip()
            .with("train-script.sh", script)
            .with("third.yaml", SleapPackage.CONFIG)
            .write(context.input("p.zip")));

    JobResult result = type.run(context);

    String reason =
        "Training of 'centered_instance' failed: ERROR: No visible points in the labels"
            + " (exit status 2).";
    assertThat(result.succeeded()).isFalse();
    assertThat(result.reason()).isEqualTo(reason);
    assertThat(ZipFile.read(result.outputs().get("trained_p.zip")))
        .containsKeys("centroid/weights.bin", "centered_instance/where")
        .doesNotContainKey("centered_instance/weights.bin");
    JsonNode models = new ObjectMapper().readTree(result.document()).get("models");
    assertThat(models)
        .extracting(m -> m.get("state").asText())
        .containsExactly("SUCCEEDED", "FAILED", "SKIPPED");
    assertThat(models.get(1).get("reason").asText()).isEqualTo(reason);
    assertThat(context.started()).hasSize(2);
    assertThat(context.lines()).contains("ERROR: No visible points in the labels.");
  }

  @Test
  void anotherRunOfTheJobTrainsNothingTwiceAndSaysTheSame() throws Exception {
    Files.writeString(directory.resolve("fail"), "centered_instance");
    context.withInput(SleapPackage.zip().write(context.input("p.zip")));
    JobResult first = type.run(context);

    JobResult second = type.run(context);

    assertThat(second.reason()).isEqualTo(first.reason());
    assertThat(second.document()).isEqualTo(first.document());
    assertThat(context.started()).hasSize(2);
    assertThat(ZipFile.read(second.outputs().get("trained_p.zip")))
        .isEqualTo(ZipFile.read(first.outputs().get("trained_p.zip")));
  }

  @Test
  void modelsThatCameAlongAreNotReturned() throws Exception {
    context.withInput(
        SleapPackage.zip().with("models/centroid/old.bin", "old").write(context.input("p.zip")));

    JobResult result = type.run(context);

    assertThat(ZipFile.read(result.outputs().get("trained_p.zip")))
        .containsKey("centroid/weights.bin")
        .doesNotContainKey("centroid/old.bin");
    assertThat(type.run(context).succeeded()).isTrue();
  }

  @Test
  void aWorkerWithoutATrainerSaysSo() throws Exception {
    Files.delete(directory.resolve("sleap-nn"));
    context.withInput(SleapPackage.zip().write(context.input("p.zip")));

    JobResult result = type.run(context);

    assertThat(result.succeeded()).isFalse();
    assertThat(result.reason()).isEqualTo("No program 'sleap-nn' on this worker. Install it.");
    assertThat(result.outputs()).isEmpty();
  }

  @Test
  void aTrainerThatLeavesNoModelFails() throws Exception {
    context.withProgram("echo done").withInput(SleapPackage.zip().write(context.input("p.zip")));

    assertThat(type.run(context).reason())
        .isEqualTo("Training of 'centroid' ended well, but left no folder 'models/centroid'.");
  }

  @Test
  void aCancelledJobIsNoResult() throws Exception {
    context.withInput(SleapPackage.zip().write(context.input("p.zip"))).stop();

    assertThatThrownBy(() -> type.run(context)).isInstanceOf(JobStopped.class);
  }

  @Test
  void progressCountsTheEpochsOfAllModels() throws Exception {
    context.withInput(SleapPackage.zip().write(context.input("p.zip")));

    type.run(context);

    Progress last = context.reports().get(context.reports().size() - 1);
    assertThat(last.done()).isEqualTo(4);
    assertThat(last.total()).isEqualTo(4);
    assertThat(last.unit()).isEqualTo("epoch");
    assertThat(context.reports()).extracting(Progress::done).isSorted();
    assertThat(context.reports().get(0).message()).isEqualTo("model 1/2 'centroid'");
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(context.input(name), content);
  }
}
