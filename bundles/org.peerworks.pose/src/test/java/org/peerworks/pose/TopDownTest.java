package org.peerworks.pose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.lib.slp.Instance;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.PredictedInstance;
import org.peerworks.lib.slp.SlpFile;

/** Centroid and centered-instance models, trained on generated animals and used on others. */
class TopDownTest {

  private static final int USAGE = 2;

  private final Program program = new Program();

  @TempDir Path directory;

  @BeforeEach
  void makeSample() {
    int status =
        program.run(
            "sample",
            "--out",
            at(""),
            "--frames",
            "24",
            "--heldout",
            "6",
            "--animals",
            "2",
            "--seed",
            "5",
            "--size",
            "96");
    assertThat(status).isZero();
  }

  private String at(String name) {
    return directory.resolve(name).toString();
  }

  private void train(String model, String... overrides) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--config-name",
                model,
                "--config-dir",
                at(""),
                "data_config.train_labels_path=[" + at("train.pkg.slp") + "]",
                "trainer_config.ckpt_dir=" + at("models"),
                "trainer_config.max_epochs=4",
                "trainer_config.min_train_steps_per_epoch=25",
                "model_config.backbone_config.unet.filters=8",
                "model_config.backbone_config.unet.max_stride=8"));
    arguments.addAll(List.of(overrides));
    assertThat(program.run(arguments)).as(program::err).isZero();
  }

  private int track(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("track", "--data_path", at("heldout.pkg.slp"), "-o", at("out.slp")));
    arguments.addAll(List.of(more));
    return program.run(arguments);
  }

  @Test
  void severalAnimalsAreFoundInFramesThatNobodyLabelled() throws IOException {
    train("centroid");
    train("centered_instance");
    Path model = directory.resolve("models/centered_instance");
    assertThat(model.toFile().list())
        .containsExactlyInAnyOrder(
            "initial_config.yaml",
            "training_config.yaml",
            "training_log.csv",
            "peerworks.safetensors");
    assertThat(Files.readString(model.resolve("training_config.yaml")))
        .contains("- nose")
        .containsPattern("crop_size: [0-9]+");

    assertThat(
            track(
                "-m",
                at("models/centered_instance"),
                "-m",
                at("models/centroid"),
                "--tracking",
                "--only_suggested_frames",
                "--max_instances",
                "2",
                "--batch_size",
                "4"))
        .as(program::err)
        .isZero();
    assertThat(program.out()).contains("Tracked 6/6 frames");
    try (SlpFile file = SlpFile.open(directory.resolve("out.slp"))) {
      Labels labels = file.labels();
      assertThat(labels.frames()).hasSize(6);
      for (LabeledFrame frame : labels.frames()) {
        assertThat(frame.predicted()).hasSizeLessThanOrEqualTo(2);
        for (PredictedInstance animal : frame.predicted()) {
          assertThat(animal.score()).isBetween(0.2, 1.5);
          assertThat(animal.track()).isBetween(0, labels.tracks().size() - 1);
        }
      }
    }
    evaluate();
    animalsKeepTheirIdentities();
    onlyTheMostCertainIsTaken();
    wrongModelsAreRefusedByName();
  }

  private void animalsKeepTheirIdentities() throws IOException {
    Path labelled = directory.resolve("film.slp");
    MovedFilm.write(directory.resolve("train.pkg.slp"), labelled, 10);
    assertThat(
            track(
                "-i",
                labelled.toString(),
                "-m",
                at("models/centroid"),
                "-m",
                at("models/centered_instance"),
                "--tracking",
                "-n",
                "2"))
        .as(program::err)
        .isZero();
    Path tracked = directory.resolve("out.slp");
    Map<Integer, Map<Integer, Integer>> framesByTrackOfAnimal = new TreeMap<>();
    try (SlpFile truth = SlpFile.open(labelled);
        SlpFile found = SlpFile.open(tracked)) {
      assertThat(found.labels().frames()).hasSameSizeAs(truth.labels().frames());
      for (int i = 0; i < found.labels().frames().size(); i++) {
        List<Instance> animals = truth.labels().frames().get(i).instances();
        for (PredictedInstance animal : found.labels().frames().get(i).predicted()) {
          framesByTrackOfAnimal
              .computeIfAbsent(nearest(animals, animal), a -> new TreeMap<>())
              .merge(animal.track(), 1, Integer::sum);
        }
      }
    }
    assertThat(framesByTrackOfAnimal).containsOnlyKeys(0, 1);
    assertThat(framesByTrackOfAnimal.values())
        .as("each animal has one track, in most frames: %s", framesByTrackOfAnimal)
        .allSatisfy(
            tracks -> {
              assertThat(tracks).hasSize(1);
              assertThat(tracks.values()).allMatch(frames -> frames >= 8);
            });
    assertThat(framesByTrackOfAnimal.get(0))
        .doesNotContainKeys(framesByTrackOfAnimal.get(1).keySet().toArray(Integer[]::new));
  }

  private static int nearest(List<Instance> animals, PredictedInstance found) {
    return IntStream.range(0, animals.size())
        .boxed()
        .min(Comparator.comparingDouble(i -> distance(animals.get(i), found)))
        .orElseThrow();
  }

  /** Mean distance of the points that both have. */
  private static double distance(Instance animal, PredictedInstance found) {
    return IntStream.range(0, animal.points().size())
        .filter(i -> animal.points().get(i).present() && found.points().get(i).point().present())
        .mapToDouble(
            i ->
                Math.hypot(
                    animal.points().get(i).x() - found.points().get(i).point().x(),
                    animal.points().get(i).y() - found.points().get(i).point().y()))
        .average()
        .orElse(Double.MAX_VALUE);
  }

  private void evaluate() throws IOException {
    assertThat(
            program.run(
                "evaluate",
                "--predictions",
                at("out.slp"),
                "--truth",
                at("truth.json"),
                "--json",
                at("summary.json"),
                "--preview",
                at("preview.png")))
        .isZero();
    JsonNode summary = new JsonMapper().readTree(directory.resolve("summary.json").toFile());
    assertThat(summary.path("found_fraction").asDouble()).isGreaterThan(0.8);
    assertThat(summary.path("mean_error_px").asDouble()).isLessThan(10);
  }

  private void onlyTheMostCertainIsTaken() throws IOException {
    assertThat(
            track(
                "-m",
                at("models/centroid"),
                "-m",
                at("models/centered_instance"),
                "-n",
                "1",
                "--frames",
                "0-1000"))
        .isZero();
    try (SlpFile file = SlpFile.open(directory.resolve("out.slp"))) {
      assertThat(file.labels().frames())
          .allSatisfy(frame -> assertThat(frame.predicted()).hasSizeLessThanOrEqualTo(1))
          .anySatisfy(frame -> assertThat(frame.predicted()).hasSize(1));
    }
  }

  private void wrongModelsAreRefusedByName() {
    assertThat(track("-m", at("models/centroid"))).isEqualTo(USAGE);
    assertThat(program.err()).contains("models/centroid' (centroid)").hasLineCount(1);
    assertThat(track("-m", at("models/centroid"), "-m", at("models/centroid"))).isEqualTo(USAGE);
    assertThat(track()).isEqualTo(USAGE);
    assertThat(program.err()).contains("got none");
  }
}
