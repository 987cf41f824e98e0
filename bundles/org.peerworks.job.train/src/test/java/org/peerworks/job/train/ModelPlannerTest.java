package org.peerworks.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.lib.files.ArchiveLimits;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.PackagePaths;
import org.peerworks.lib.sleap.Script;
import org.peerworks.lib.sleap.ScriptCommand;

class ModelPlannerTest {

  private static final TrainLimits LIMITS =
      new TrainLimits(ArchiveLimits.DEFAULT, true, Script.MOST_BYTES, ConfigFile.MOST_BYTES);

  @TempDir Path root;

  @BeforeEach
  void makePackage() throws IOException {
    for (String name : List.of("a.slp", "val.slp", "best.ckpt", "video.mp4")) {
      Files.writeString(root.resolve(name), "x");
    }
    Files.createDirectory(root.resolve("configs"));
  }

  @Test
  void labelsOfThePackageAreLeftAlone() throws IOException {
    ModelPlan plan =
        plan("data_config: {train_labels_path: [a.slp]}\ntrainer_config: {max_epochs: 9}");

    assertThat(plan.epochs()).isEqualTo(9);
    assertThat(plan.arguments())
        .containsExactly(
            "train",
            "--config-name",
            "c.yaml",
            "--config-dir",
            ".",
            "++trainer_config.ckpt_dir=models",
            "++trainer_config.run_name=folder");
  }

  @Test
  void labelsAreFoundByTheirNames() throws IOException {
    assertThat(
            plan("data_config: {train_labels_path: ['C:\\me\\a.slp'],"
                    + " val_labels_path: /home/me/val.slp, test_file_path: /x/val.slp}")
                .arguments())
        .contains(
            "data_config.train_labels_path=[a.slp]",
            "data_config.val_labels_path=val.slp",
            "data_config.test_file_path=val.slp");
  }

  @Test
  void theOnlyLabelsLeftAreTheTrainingLabels() throws IOException {
    assertThat(
            plan("data_config: {train_labels_path: [x.slp], val_labels_path: [val.slp]}")
                .arguments())
        .contains("data_config.train_labels_path=[a.slp]");
    assertThat(plan("data_config: {val_labels_path: [val.slp]}").arguments())
        .contains("++data_config.train_labels_path=[a.slp]");
  }

  @Test
  void labelsThatAreNotThereAreNamed() {
    assertThatThrownBy(() -> plan("data_config: {train_labels_path: [/x/y.slp]}"))
        .isInstanceOf(PackageException.class)
        .hasMessage(
            "The configuration 'c.yaml' wants labels that are not in the package:"
                + " 'data_config.train_labels_path' is '/x/y.slp', but the package has 'a.slp',"
                + " 'val.slp'.");
    assertThatThrownBy(
            () -> plan("data_config: {train_labels_path: [a.slp], val_labels_path: [y.slp]}"))
        .hasMessageContaining("'data_config.val_labels_path' is 'y.slp'");
  }

  @Test
  void labelsOfTheScriptComeFirst() throws IOException {
    assertThat(
            plan(
                    "data_config: {train_labels_path: [a.slp]}",
                    "data_config.train_labels_path=[val.slp]",
                    "+data_config.val_labels_path=null")
                .arguments())
        .contains("data_config.train_labels_path=[val.slp]", "+data_config.val_labels_path=null");
  }

  @Test
  void oddNamesAreQuotedForHydra() throws IOException {
    Files.move(root.resolve("a.slp"), root.resolve("my labels, v2.slp"));

    assertThat(plan("data_config: {train_labels_path: ['/x/my labels, v2.slp']}").arguments())
        .contains("data_config.train_labels_path=['my labels, v2.slp']");
    assertThat(HydraValue.text("2024")).isEqualTo("'2024'");
    assertThat(HydraValue.text("True")).isEqualTo("'True'");
    assertThat(HydraValue.text("it's")).isEqualTo("\"it's\"");
    assertThat(HydraValue.text("centroid")).isEqualTo("centroid");
  }

  @Test
  void namesThatHydraWouldExpandAreRefused() throws IOException {
    Files.move(root.resolve("a.slp"), root.resolve("${oc.env:HOME}.slp"));

    assertThatThrownBy(() -> plan("data_config: {val_labels_path: [val.slp]}"))
        .isInstanceOf(PackageException.class)
        .hasMessageContaining("cannot be passed to the trainer");
  }

  @Test
  void reportsToThirdPartiesAndHelperProcessesAreSwitchedOff() throws IOException {
    assertThat(
            plan("""
                    data_config: {train_labels_path: [a.slp], cache_img_path: /tmp/x}
                    trainer_config:
                      use_wandb: true
                      save_ckpt_path: /x
                      train_data_loader: {num_workers: 8}
                      zmq: {publish_address: 'tcp://127.0.0.1:1', controller_port: null}
                    """)
                .arguments(Optional.empty()))
        .contains(
            "trainer_config.use_wandb=false",
            "trainer_config.save_ckpt_path=models/folder",
            "data_config.cache_img_path=null",
            "trainer_config.train_data_loader.num_workers=0",
            "trainer_config.zmq.publish_address=null")
        .doesNotContain("trainer_config.zmq.controller_port=null");
  }

  @Test
  void theTrainerTalksToThisWorkerWhateverPortsAreAskedFor() throws IOException {
    ModelPlan plan =
        plan(
            "data_config: {train_labels_path: [a.slp]}",
            "trainer_config.zmq.controller_port=22",
            "++trainer_config.zmq.publish_address=tcp://10.0.0.1:9001");
    assertThat(plan.arguments(Optional.of(new TrainerPorts(4001, 4002))))
        .endsWith(
            "++trainer_config.zmq.controller_port=4001", "++trainer_config.zmq.publish_port=4002")
        .noneMatch(argument -> argument.contains("10.0.0.1") || argument.endsWith("=22"));
    assertThat(plan.arguments(Optional.empty())).noneMatch(argument -> argument.contains("zmq"));
  }

  @Test
  void otherSettingsOfTheScriptArePassedOn() throws IOException {
    assertThat(
            plan(
                    "data_config: {train_labels_path: [a.slp]}",
                    "trainer_config.max_epochs=3",
                    "++model_config.backbone_config.unet.strides=[[1,2],[3,4]]",
                    "trainer_config.resume_ckpt_path=best.ckpt",
                    "trainer_config.train_data_loader.num_workers=2")
                .arguments())
        .endsWith(
            "trainer_config.max_epochs=3",
            "++model_config.backbone_config.unet.strides=[[1,2],[3,4]]",
            "trainer_config.resume_ckpt_path=best.ckpt",
            "trainer_config.train_data_loader.num_workers=2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trainer_config.resume_ckpt_path=/etc/x",
        "trainer_config.resume_ckpt_path='/etc/x'",
        "trainer_config.resume_ckpt_path=\"../x\"",
        "trainer_config.resume_ckpt_path=[best.ckpt,/etc/x]",
        "trainer_config.resume_ckpt_path=missing.ckpt",
        "data_config.train_labels_path=[/etc/passwd.slp,a.slp]",
        "data_config.val_labels_path=/etc/passwd",
        "data_config.cache_img_path=/tmp/x",
        "data_config.anything=../x",
        "data_config.anything='a',/etc/x",
        "data_config.anything=\\/etc/x",
        "data_config.anything=${oc.env:HOME}",
        "data_config.anything=choice(1,2)",
        "data_config.anything='open",
        "trainer_config={ckpt_dir: /etc}",
        "trainer_config.zmq={controller_port: 1}",
        "~trainer_config.ckpt_dir",
        "hydra.run.dir=x",
        "hydra/launcher=x",
        "db@data_config=x",
        "+++trainer_config.a=1",
        "trainer_config.a.=1",
        "centroid.json",
      })
  void settingsThatLeaveThePackageAreRefused(String override) {
    assertThatThrownBy(() -> plan("data_config: {train_labels_path: [a.slp]}", override))
        .isInstanceOf(PackageException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--config-name c.yaml;.",
        "--config-name=c;.",
        "-c c.yaml -d .;.",
        "c.yaml;.",
        "--config configs/d.yaml;configs",
        "configs/d.yaml a_config;configs",
        "-cd configs -cn d;configs",
        "--config-name configs/d.yaml;configs",
      })
  void configurationsAreNamedInManyWays(String words, String directory) throws IOException {
    Files.writeString(root.resolve("c.yaml"), "a: 1");
    Files.writeString(root.resolve("configs/d.yaml"), "a: 1");
    List<String> arguments = new ArrayList<>(List.of(words.split(" ")));
    arguments.remove("a_config");

    TrainCommand command =
        TrainCommand.parse(new ScriptCommand(1, "train", arguments), new PackagePaths(root));

    assertThat(root.toRealPath().relativize(command.config().getParent()).toString())
        .isEqualTo(directory.equals(".") ? "" : directory);
  }

  @Test
  void videosOfThePackageArePassedOn() throws IOException {
    Files.writeString(root.resolve("c.yaml"), "data_config: {train_labels_path: a.slp}");
    PackagePaths paths = new PackagePaths(root);
    List<String> words = List.of("c.yaml", "--video-path-map", "/old/v.mp4", "./video.mp4");

    ModelPlan plan =
        new ModelPlanner(paths, "models", LIMITS)
            .plan(TrainCommand.parse(new ScriptCommand(1, "train", words), paths), "c");

    assertThat(plan.arguments()).containsSequence("--video-path-map", "/old/v.mp4", "video.mp4");
  }

  @Test
  void stepsHaveSafeNames() {
    assertThat(new ModelPlan("a b/ä", "f", "", 0, List.of(), List.of()).step(1))
        .isEqualTo("train-1-a-b--");
    assertThat(new ModelPlan("x".repeat(100), "f", "", 0, List.of(), List.of()).step(12))
        .hasSize(64);
  }

  private ModelPlan plan(String yaml, String... overrides) throws IOException {
    Files.writeString(root.resolve("c.yaml"), yaml);
    List<String> words = new ArrayList<>(List.of("--config-name", "c.yaml"));
    words.addAll(List.of(overrides));
    PackagePaths paths = new PackagePaths(root);
    return new ModelPlanner(paths, "models", LIMITS)
        .plan(TrainCommand.parse(new ScriptCommand(1, "train", words), paths), "folder");
  }
}
