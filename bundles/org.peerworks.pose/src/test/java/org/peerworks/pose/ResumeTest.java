package org.peerworks.pose;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that are interrupted, and that go on. */
class ResumeTest {

  private static final int USAGE = 2;
  private static final int DATA = 3;

  @TempDir Path directory;

  private final Program program = new Program();

  @BeforeEach
  void makeSample() {
    assertThat(
            program.run(
                "sample", "--out", at(""), "--frames", "6", "--heldout", "2", "--size", "64"))
        .isZero();
  }

  private String at(String name) {
    return directory.resolve(name).toString();
  }

  private int train(Program in, String... overrides) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--config-name",
                "single_instance",
                "--config-dir",
                at(""),
                "data_config.train_labels_path=[" + at("train.pkg.slp") + "]",
                "trainer_config.ckpt_dir=" + at("models"),
                "trainer_config.run_name=tiny",
                "trainer_config.max_epochs=2",
                "trainer_config.min_train_steps_per_epoch=3",
                "model_config.backbone_config.unet.filters=2",
                "model_config.backbone_config.unet.max_stride=4"));
    arguments.addAll(List.of(overrides));
    return in.run(arguments);
  }

  @Test
  void anInterruptedTrainingKeepsWhatItHasAndGoesOn() throws IOException {
    Program interrupted = new Program();
    interrupted.interrupt();
    assertThat(train(interrupted)).as(interrupted::err).isZero();
    assertThat(interrupted.out()).contains("Interrupted in epoch 1");
    Path model = directory.resolve("models/tiny");
    assertThat(model.toFile().list()).contains("peerworks.safetensors", "last.safetensors");
    assertThat(Files.readAllLines(model.resolve("training_log.csv"))).hasSize(1);

    String resume = "trainer_config.resume_ckpt_path=" + model;
    assertThat(train(program, resume)).as(program::err).isZero();
    assertThat(program.out()).contains("Going on after epoch 0").contains("Epoch 2/2:");
  }

  @Test
  void aTrainingGoesOnWithTheNextEpoch() throws IOException {
    assertThat(train(program, "trainer_config.model_ckpt.save_last=true"))
        .as(program::err)
        .isZero();
    Path model = directory.resolve("models/tiny");
    String resume = "trainer_config.resume_ckpt_path=" + model;

    assertThat(train(program, resume)).isEqualTo(USAGE);
    assertThat(program.err()).contains("has 2 epochs already").hasLineCount(1);

    assertThat(train(program, resume, "trainer_config.max_epochs=4")).as(program::err).isZero();
    assertThat(program.out()).contains("Epoch 3/4:").doesNotContain("Epoch 2/4");
    assertThat(Files.readAllLines(model.resolve("training_log.csv")))
        .hasSize(5)
        .last()
        .asString()
        .startsWith("3,");

    assertThat(train(program, resume, "trainer_config.max_epochs=5", "trainer_config.run_name=b"))
        .as(program::err)
        .isZero();
    assertThat(directory.resolve("models/b/peerworks.safetensors")).isRegularFile();
  }

  /** With a rate at which nothing is learned any more, of the checkpoint's schedule. */
  @Test
  void aTrainingGoesOnFromTheWeightsAndTheRateThatItHad() throws IOException {
    String last = "trainer_config.model_ckpt.save_last=true";
    String fall = "++trainer_config.lr_scheduler.step_lr.gamma=1e-9";
    String after = "++trainer_config.lr_scheduler.step_lr.step_size=2";
    assertThat(train(program, last, fall, after, "trainer_config.seed=1"))
        .as(program::err)
        .isZero();
    Map<String, float[]> before = Tensors.read(directory.resolve("models/tiny/last.safetensors"));
    String resume = "trainer_config.resume_ckpt_path=" + at("models/tiny");

    assertThat(
            train(
                program,
                resume,
                last,
                fall,
                after,
                "trainer_config.seed=2",
                "trainer_config.max_epochs=3",
                "trainer_config.run_name=rest"))
        .as(program::err)
        .isZero();

    Map<String, float[]> resumed = Tensors.read(directory.resolve("models/rest/last.safetensors"));
    List<String> learned =
        before.keySet().stream()
            .filter(name -> !name.toLowerCase(ROOT).contains("running"))
            .toList();
    assertThat(learned).hasSizeGreaterThan(10);
    for (String name : learned) {
      assertThat(resumed.get(name)).as(name).containsExactly(before.get(name), within(1e-6f));
    }
  }

  /** The first epoch counts as better, none after it does. */
  @Test
  void aTrainingStopsEarlyAlsoIfItIsInterruptedMeanwhile() throws IOException {
    String[] impatient = {
      "trainer_config.early_stopping.stop_training_on_plateau=true",
      "trainer_config.early_stopping.min_delta=1000",
      "trainer_config.early_stopping.patience=3",
      "trainer_config.model_ckpt.save_last=true",
      "trainer_config.max_epochs=50"
    };
    assertThat(train(program, impatient)).as(program::err).isZero();
    assertThat(program.out()).contains("Epoch 4/50").contains("Stopped early");
    assertThat(program.out()).doesNotContain("Epoch 5/50");

    String[] shorter = impatient.clone();
    shorter[4] = "trainer_config.max_epochs=2";
    assertThat(train(program, shorter)).isZero();
    assertThat(program.out()).contains("Epoch 2/2").doesNotContain("Stopped early");
    String[] rest = Arrays.copyOf(impatient, 6);
    rest[5] = "trainer_config.resume_ckpt_path=" + at("models/tiny");
    assertThat(train(program, rest)).as(program::err).isZero();
    assertThat(program.out()).contains("Epoch 4/50").contains("Stopped early");
    assertThat(program.out()).doesNotContain("Epoch 5/50");
    assertThat(Files.readAllLines(directory.resolve("models/tiny/training_log.csv"))).hasSize(5);
  }

  @Test
  void checkpointsOfOthersAreRefusedByName() throws IOException {
    Path foreign = Files.writeString(directory.resolve("best.ckpt"), "PK");
    assertThat(train(program, "trainer_config.resume_ckpt_path=" + foreign)).isEqualTo(DATA);
    assertThat(program.err()).contains("best.ckpt").hasLineCount(1);
    assertThat(train(program, "trainer_config.resume_ckpt_path=none.safetensors")).isEqualTo(DATA);
    assertThat(program.err()).contains("'none.safetensors'").hasLineCount(1);
    assertThat(directory.resolve("models")).doesNotExist();
  }

  @Test
  void anInterruptedTrackingWritesNothing() {
    assertThat(train(program)).isZero();
    Program interrupted = new Program();
    interrupted.interrupt();
    int status =
        interrupted.run(
            "track", "-i", at("heldout.pkg.slp"), "-m", at("models/tiny"), "-o", at("out.slp"));
    assertThat(status).isZero();
    assertThat(interrupted.out()).contains("Interrupted after 0 frames");
    assertThat(directory.resolve("out.slp")).doesNotExist();
  }
}
