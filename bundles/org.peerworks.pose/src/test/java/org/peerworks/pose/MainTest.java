package org.peerworks.pose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.lib.slp.Instance;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.Point;
import org.peerworks.lib.slp.PredictedInstance;
import org.peerworks.lib.slp.Skeleton;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.lib.slp.SlpWriter;
import org.peerworks.lib.slp.Suggestion;
import org.peerworks.lib.slp.Video;

/** The whole program, as it is started, on small samples. */
class MainTest {

  private static final int USAGE = 2;
  private static final int DATA = 3;

  @TempDir Path directory;

  private String out;
  private String err;

  @BeforeEach
  void makeSample() {
    assertThat(
            run(
                "sample",
                "--out",
                at(""),
                "--frames",
                "10",
                "--heldout",
                "4",
                "--seed",
                "5",
                "--size",
                "64"))
        .isZero();
  }

  private String at(String name) {
    return directory.resolve(name).toString();
  }

  private int run(String... arguments) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int status =
        Main.run(
            Arrays.asList(arguments),
            new PrintStream(output, true, StandardCharsets.UTF_8),
            new PrintStream(errors, true, StandardCharsets.UTF_8),
            new Interruption());
    out = output.toString(StandardCharsets.UTF_8);
    err = errors.toString(StandardCharsets.UTF_8);
    return status;
  }

  private int train(String... overrides) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--config-name",
                "single_instance.yaml",
                "--config-dir",
                at(""),
                "data_config.train_labels_path=[" + at("train.pkg.slp") + "]",
                "trainer_config.ckpt_dir=" + at("models"),
                "trainer_config.run_name=tiny",
                "trainer_config.max_epochs=4",
                "trainer_config.min_train_steps_per_epoch=10",
                "model_config.backbone_config.unet.filters=4",
                "model_config.backbone_config.unet.max_stride=8"));
    arguments.addAll(List.of(overrides));
    return run(arguments.toArray(String[]::new));
  }

  private int track(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "track", "--data_path", at("heldout.pkg.slp"), "--model_paths", at("models/tiny")));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  @Test
  void aModelIsTrainedAndFindsSomethingInTheSuggestedFrames() throws IOException {
    assertThat(train()).as(() -> err).isZero();

    Path model = directory.resolve("models/tiny");
    assertThat(model.toFile().list())
        .containsExactlyInAnyOrder(
            "initial_config.yaml",
            "training_config.yaml",
            "training_log.csv",
            "peerworks.safetensors");
    assertThat(out).contains("Epoch 1/4: train_loss=").contains("Epoch 4/4: train_loss=");
    List<String> log = Files.readAllLines(model.resolve("training_log.csv"));
    assertThat(log).hasSize(5);
    assertThat(log.get(0)).startsWith("epoch,train_loss,val_loss,learning_rate");
    assertThat(loss(log.get(4))).isLessThan(0.8 * loss(log.get(1)));
    assertThat(Files.readString(model.resolve("training_config.yaml"))).contains("- nose");

    assertThat(track("--only_suggested_frames", "--peak_threshold", "0.01", "--batch_size", "3"))
        .as(() -> err)
        .isZero();
    assertThat(out).contains("Tracked 4/4 frames");
    try (SlpFile before = SlpFile.open(directory.resolve("heldout.pkg.slp"));
        SlpFile after = SlpFile.open(directory.resolve("heldout.pkg.predictions.slp"))) {
      Labels labels = after.labels();
      assertThat(labels.suggestions()).isEqualTo(before.labels().suggestions());
      assertThat(labels.videos()).isEqualTo(before.labels().videos());
      assertThat(labels.frames().stream().map(LabeledFrame::frameIndex))
          .containsExactlyElementsOf(
              before.labels().suggestions().stream().map(Suggestion::frameIndex).toList());
      PredictedInstance found = labels.frames().get(0).predicted().get(0);
      assertThat(found.points()).hasSize(6);
      assertThat(found.score()).isBetween(0.01, 2.0);
    }

    assertThat(
            run(
                "evaluate",
                "--predictions",
                at("heldout.pkg.predictions.slp"),
                "--truth",
                at("truth.json"),
                "--preview",
                at("preview.png"),
                "--json",
                at("summary.json"),
                "--status",
                "SUCCEEDED"))
        .isZero();
    assertThat(
            new JsonMapper()
                .readTree(directory.resolve("summary.json").toFile())
                .path("status")
                .asText())
        .isEqualTo("SUCCEEDED");
    assertThat(directory.resolve("preview.png")).isNotEmptyFile();
  }

  private static double loss(String line) {
    return Double.parseDouble(line.split(",")[1]);
  }

  @Test
  void theSameSeedTrainsTheSameModel() throws IOException {
    assertThat(train("trainer_config.max_epochs=1")).as(() -> err).isZero();
    byte[] first = Files.readAllBytes(directory.resolve("models/tiny/initial_config.yaml"));
    List<String> log = Files.readAllLines(directory.resolve("models/tiny/training_log.csv"));
    assertThat(train("trainer_config.max_epochs=1")).isZero();
    assertThat(directory.resolve("models/tiny/initial_config.yaml")).hasBinaryContent(first);
    double again =
        loss(Files.readAllLines(directory.resolve("models/tiny/training_log.csv")).get(1));
    assertThat(again).isCloseTo(loss(log.get(1)), within(1e-5));
  }

  @Test
  void userErrorsAreOneLineWithoutAStackTrace() {
    assertThat(train("trainer_config.max_epoch=3")).isEqualTo(USAGE);
    assertThat(err).startsWith("ERROR: ").contains("trainer_config.max_epoch").hasLineCount(1);
    assertThat(run("learn")).isEqualTo(USAGE);
    assertThat(err).startsWith("ERROR: ").contains("'learn'").hasLineCount(1);
    assertThat(run()).isEqualTo(USAGE);
    assertThat(train("data_config.train_labels_path=[none.slp]")).isEqualTo(DATA);
    assertThat(err).startsWith("ERROR: ").contains("'none.slp'").hasLineCount(1);
    assertThat(train("trainer_config.run_name=../out")).isEqualTo(USAGE);
    assertThat(err).contains("'../out'");
    assertThat(run("train", "--video-paths", "a.mp4")).isEqualTo(USAGE);
    assertThat(directory.resolve("models")).doesNotExist();
  }

  @Test
  void damagedLabelsEndWithAnErrorThatNamesThem() throws IOException {
    Path labels = directory.resolve("train.pkg.slp");
    Files.write(labels, Arrays.copyOf(Files.readAllBytes(labels), 20_000));
    assertThat(train()).isEqualTo(DATA);
    assertThat(err).startsWith("ERROR: ").contains("train.pkg.slp").hasLineCount(1);
  }

  @Test
  void modelsOfOthersAreRefusedByName() throws IOException {
    assertThat(track()).isEqualTo(DATA);
    assertThat(err).contains("tiny");
    Path model = Files.createDirectories(directory.resolve("models/tiny"));
    assertThat(track()).isEqualTo(DATA);
    assertThat(err).contains("peerworks.safetensors");
    Files.createFile(model.resolve("best.ckpt"));
    assertThat(track()).isEqualTo(DATA);
    assertThat(err).startsWith("ERROR: ").contains("'best.ckpt'").hasLineCount(1);
    assertThat(directory.resolve("heldout.pkg.predictions.slp")).doesNotExist();
  }

  @Test
  void videosThatAreNotThereAndSeveralAnimalsAreRefusedByName() throws IOException {
    Skeleton skeleton;
    try (SlpFile file = SlpFile.open(directory.resolve("train.pkg.slp"))) {
      skeleton = file.labels().skeletons().get(0);
    }
    Point point = new Point(3, 4, true, true);
    Instance animal = new Instance(0, List.of(point, point, point, point, point, point));
    write(skeleton, List.of(animal));
    assertThat(train()).isEqualTo(DATA);
    assertThat(err).contains("'film.mp4'").hasLineCount(1);
    assertThat(directory.resolve("models")).doesNotExist();
    write(skeleton, List.of(animal, animal));
    assertThat(train()).isEqualTo(DATA);
    assertThat(err).contains("2 animals").hasLineCount(1);
    write(skeleton, List.of());
    assertThat(train()).isEqualTo(DATA);
    assertThat(err).contains("labelled animal").hasLineCount(1);
  }

  private void write(Skeleton skeleton, List<Instance> animals) throws IOException {
    Labels labels =
        new Labels(
            List.of(skeleton),
            List.of(new Video("film.mp4", Optional.empty())),
            List.of(),
            List.of(new LabeledFrame(0, 7, animals, List.of())),
            List.of());
    SlpWriter.write(directory.resolve("train.pkg.slp"), labels, (video, frame) -> new byte[0]);
  }
}
