package org.peerworks.pose.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.pose.Program;

/** A training in a JVM of its own, with the flags that a worker starts it with. */
class SignalTest {

  private static final int ENDED_BY_SIGINT = 130;

  @TempDir Path directory;

  private final Program program = new Program();

  /** As a worker starts it, but from the classes and libraries of this build. */
  private static List<String> command(Path log, List<String> arguments) {
    List<String> command = new ArrayList<>(ProgramCommand.of(log.getParent(), List.of()));
    command.removeIf(word -> word.startsWith("-DPYTORCH_LIBRARY_PATH"));
    command.removeIf(word -> word.startsWith("-Djava.library.path"));
    command.removeIf(word -> word.startsWith("-Dorg.bytedeco"));
    int classPath = command.indexOf("-cp");
    command.set(classPath + 1, System.getProperty("java.class.path"));
    for (String name : List.of("DJL_CACHE_DIR", "PYTORCH_FLAVOR")) {
      command.add(classPath, "-D" + name + "=" + System.getProperty(name));
    }
    // Whoever started this build may have it ignored, as shells do in the background.
    command.add(1, "--default-signal=INT");
    command.addAll(arguments);
    return command;
  }

  private List<String> training(String... overrides) {
    String here = directory.toString();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--config-name",
                "single_instance",
                "--config-dir",
                here,
                "data_config.train_labels_path=[" + here + "/train.pkg.slp]",
                "trainer_config.ckpt_dir=" + here + "/models",
                "trainer_config.run_name=tiny",
                "trainer_config.early_stopping.stop_training_on_plateau=false",
                "trainer_config.min_train_steps_per_epoch=3",
                "model_config.backbone_config.unet.filters=2",
                "model_config.backbone_config.unet.max_stride=4"));
    arguments.addAll(List.of(overrides));
    return arguments;
  }

  @Test
  void sigintEndsATrainingWithACheckpointToGoOnFrom() throws Exception {
    String here = directory.toString();
    assertThat(
            program.run("sample", "--out", here, "--frames", "6", "--heldout", "2", "--size", "64"))
        .isZero();
    Path log = directory.resolve("log");
    Process process =
        new ProcessBuilder(command(log, training("trainer_config.max_epochs=1000000")))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      await()
          .atMost(Duration.ofSeconds(120))
          .until(() -> read(log).contains("Epoch 2/1000000") || !process.isAlive());
      assertThat(process.isAlive()).as(() -> read(log)).isTrue();
      Process kill = new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start();
      assertThat(kill.waitFor()).isZero();
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(() -> read(log)).isEqualTo(ENDED_BY_SIGINT);
    Matcher told = Pattern.compile("Interrupted in epoch (\\d+);").matcher(read(log));
    assertThat(told.find()).as(() -> read(log)).isTrue();
    int epoch = Integer.parseInt(told.group(1));
    Path model = directory.resolve("models/tiny");
    assertThat(model.resolve("last.safetensors")).isNotEmptyFile();
    assertThat(model.resolve("peerworks.safetensors")).isNotEmptyFile();

    int status =
        program.run(
            training(
                "trainer_config.resume_ckpt_path=" + model, "trainer_config.max_epochs=" + epoch));
    assertThat(status).as(program::err).isZero();
    assertThat(program.out())
        .contains("Going on after epoch " + (epoch - 1))
        .contains("Epoch %d/%d:".formatted(epoch, epoch));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
