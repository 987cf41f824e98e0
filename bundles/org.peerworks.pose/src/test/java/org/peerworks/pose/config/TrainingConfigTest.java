package org.peerworks.pose.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.pose.UserError;
import org.peerworks.pose.config.TrainerConfig.Accelerator;

class TrainingConfigTest {

  @TempDir Path directory;

  private Path file;

  @BeforeEach
  void copySample() throws IOException {
    file = directory.resolve("config.yaml");
    try (InputStream in =
        TrainingConfig.class.getResourceAsStream(
            "/org/peerworks/pose/sample/single_instance.yaml")) {
      Files.copy(in, file);
    }
  }

  private TrainingConfig with(String... overrides) throws UserError {
    ConfigFile config = ConfigFile.read(file);
    for (String override : overrides) {
      config.override(override);
    }
    return TrainingConfig.of(config);
  }

  @Test
  void theSampleIsUnderstood() throws UserError {
    TrainingConfig config = with();
    assertThat(config.data().trainLabels()).containsExactly("train.pkg.slp");
    assertThat(config.data().augmentation().rotation().high()).isEqualTo(180);
    assertThat(config.model().levels()).isEqualTo(4);
    assertThat(config.model().filtersAt(2)).isEqualTo(27);
    assertThat(config.model().head().partNames()).isEmpty();
    assertThat(config.trainer().accelerator()).isEqualTo(Accelerator.AUTO);
    assertThat(config.trainer().earlyStopping()).isPresent();
  }

  @Test
  void overridesReplaceAndAdd() throws UserError {
    TrainingConfig config =
        with(
            "trainer_config.max_epochs=7",
            "data_config.train_labels_path=[a.slp, b.slp]",
            "++trainer_config.zmq.controller_port=9000",
            "trainer_config.zmq.publish_port=9001",
            "trainer_config.trainer_accelerator=cpu",
            "trainer_config.lr_scheduler=null",
            "trainer_config.run_name=2024");
    assertThat(config.trainer().maxEpochs()).isEqualTo(7);
    assertThat(config.data().trainLabels()).containsExactly("a.slp", "b.slp");
    assertThat(config.trainer().accelerator()).isEqualTo(Accelerator.CPU);
    assertThat(config.trainer().plateau()).isEmpty();
    assertThat(config.trainer().runName()).contains("2024");
  }

  @ParameterizedTest
  @ValueSource(strings = {"trainer_config", "=1", "a b=1", "trainer_config..x=1", "x=[1"})
  void anOverrideThatIsNoneIsRefused(String override) {
    assertThatThrownBy(() -> with(override))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(override);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bottomup", "multi_class_bottomup", "multi_class_topdown"})
  void otherHeadsAreRefusedByName(String head) {
    assertThatThrownBy(
            () -> with("model_config.head_configs." + head + "={confmaps: {sigma: 5.0}}"))
        .hasMessageContaining("'" + head + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"convnext", "swint"})
  void otherBackbonesAreRefusedByName(String backbone) {
    assertThatThrownBy(() -> with("model_config.backbone_config." + backbone + "={in_channels: 1}"))
        .hasMessageContaining("'" + backbone + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trainer_config.max_epoch=3",
        "data_config.preprocessing.rotate=true",
        "model_config.backbone_config.unet.dropout=0.5",
        "model_config.head_configs.single_instance.confmaps.sigmas=1",
        "colour=red"
      })
  void unknownKeysAreRefusedByName(String override) {
    assertThatThrownBy(() -> with(override))
        .hasMessageContaining("'" + override.substring(0, override.indexOf('=')) + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "trainer_config.online_hard_keypoint_mining.online_mining=true, online_mining",
    "data_config.augmentation_config.geometric.mixup_p=0.5, mixup_p",
    "data_config.use_negative_frames=true, use_negative_frames",
    "model_config.pretrained_backbone_weights=x.ckpt, pretrained_backbone_weights",
    "trainer_config.optimizer_name=SGD, SGD",
    "trainer_config.optimizer.amsgrad=true, amsgrad"
  })
  void whatTheTrainerDoesNotHaveIsRefusedByName(String override, String name) {
    assertThatThrownBy(() -> with(override)).hasMessageContaining(name);
  }

  @ParameterizedTest
  @CsvSource({
    "trainer_config.max_epochs=0, max_epochs",
    "trainer_config.max_epochs=many, max_epochs",
    "trainer_config.train_data_loader.batch_size=1.5, batch_size",
    "model_config.backbone_config.unet.max_stride=12, max_stride",
    "model_config.backbone_config.unet.filters=100000, filters",
    "model_config.head_configs.single_instance.confmaps.output_stride=32, output_stride",
    "data_config.preprocessing.scale=-1, scale",
    "data_config.preprocessing=5, preprocessing",
    "data_config.train_labels_path={a: 1}, train_labels_path"
  })
  void wrongValuesAreRefusedByName(String override, String name) {
    assertThatThrownBy(() -> with(override))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(name);
  }

  @Test
  void loggingAndVisualisationAreIgnored() throws UserError {
    assertThat(
            with(
                    "trainer_config.use_wandb=true",
                    "trainer_config.wandb={entity: me}",
                    "trainer_config.visualize_preds_during_training=true")
                .trainer()
                .maxEpochs())
        .isPositive();
  }

  @Test
  void aConfigurationThatIsNoneIsRefused() throws IOException {
    for (String text :
        List.of(
            "",
            "- a\n- b\n",
            "a: [",
            "a: 1\na: 2\n",
            "x: !!java.lang.ProcessBuilder [ls]\n",
            bomb())) {
      Files.writeString(file, text);
      assertThatThrownBy(this::with)
          .isInstanceOf(UserError.class)
          .hasMessageContaining("config.yaml");
    }
    Files.delete(file);
    assertThatThrownBy(this::with).hasMessageContaining("config.yaml");
  }

  /** Lists of lists of lists of the same list. */
  private static String bomb() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 20; i++) {
      text.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10) + "x"));
    }
    return text.toString();
  }

  @Test
  void whatIsWrittenIsTheSameConfiguration() throws UserError, IOException {
    ConfigFile config = ConfigFile.read(file);
    config.set("model_config.head_configs.single_instance.confmaps.part_names", List.of("a", "b"));
    Path copy = directory.resolve("copy.yaml");
    config.write(copy);
    TrainingConfig read = TrainingConfig.of(ConfigFile.read(copy));
    assertThat(read).isEqualTo(TrainingConfig.of(config));
    assertThat(read.model().head().partNames()).containsExactly("a", "b");
  }

  @Test
  void severalHeadsOrNoneAreRefused() {
    String heads = "model_config.head_configs.";
    assertThatThrownBy(() -> with(heads + "centroid={confmaps: {sigma: 5.0}}"))
        .hasMessageContaining("'single_instance', 'centroid'");
    assertThatThrownBy(() -> with(heads + "single_instance=null")).hasMessageContaining("no head");
  }

  @Test
  void cropsAreGivenByASideOrByTheirFirstName() throws UserError {
    String section = "data_config.preprocessing.";
    assertThat(crop(section + "crop_size=112").size()).contains(112);
    assertThat(crop(section + "crop_hw=[96, 96]").size()).contains(96);
    assertThat(crop(section + "crop_size=null", section + "min_crop_size=40").leastSize())
        .isEqualTo(40);
    assertThatThrownBy(() -> crop(section + "crop_hw=[96, 64]")).hasMessageContaining("crop_hw");
    assertThatThrownBy(() -> crop(section + "crop_size=0")).hasMessageContaining("crop_size");
  }

  private CropConfig crop(String... overrides) throws UserError {
    return with(overrides).data().preprocessing().crop();
  }

  @Test
  @Tag("samples")
  @EnabledIfEnvironmentVariable(named = "PEERWORKS_SAMPLES", matches = ".+")
  void configurationsOfSleapNnAreUnderstood() throws UserError {
    Path samples = Path.of(System.getenv("PEERWORKS_SAMPLES"));
    for (HeadConfig.Type type : HeadConfig.Type.values()) {
      TrainingConfig config =
          TrainingConfig.of(ConfigFile.read(samples.resolve(type.key() + ".yaml")));
      assertThat(config.model().head().type()).isEqualTo(type);
      assertThat(config.trainer().saveLast()).isTrue();
    }
  }
}
