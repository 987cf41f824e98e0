package org.peerworks.pose.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.Point;
import org.peerworks.lib.slp.PredictedInstance;
import org.peerworks.lib.slp.PredictedPoint;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.pose.H5py;
import org.peerworks.pose.Program;
import org.peerworks.pose.UserError;

/** Labels that SLEAP wrote, with configurations of sleap-nn; run where somebody has them. */
@Tag("samples")
@EnabledIfEnvironmentVariable(named = "PEERWORKS_SAMPLES", matches = ".+")
class RealSamplesTest {

  /** Pixels of a video of 560×320. */
  private static final double NEAR = 15;

  private static final Path PICTURES = Path.of("target", "samples");

  private final Program program = new Program();

  @TempDir Path directory;

  private String at(String name) {
    return directory.resolve(name).toString();
  }

  private Path copy(String name) throws IOException {
    return Files.copy(Path.of(System.getenv("PEERWORKS_SAMPLES"), name), directory.resolve(name));
  }

  private void train(String config, int steps, Path labels, String... overrides)
      throws IOException {
    copy(config + ".yaml");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--config-name",
                config,
                "--config-dir",
                at(""),
                "data_config.train_labels_path=[" + labels + "]",
                "trainer_config.ckpt_dir=" + at("models"),
                "trainer_config.run_name=" + config,
                "trainer_config.max_epochs=1",
                "trainer_config.min_train_steps_per_epoch=" + steps));
    arguments.addAll(List.of(overrides));
    assertThat(program.run(arguments)).as(program::err).isZero();
  }

  private Labels track(Path data, String... models) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("track", "-i", data.toString(), "-o", at("out.slp")));
    for (String model : models) {
      arguments.addAll(List.of("-m", at("models/" + model)));
    }
    assertThat(program.run(arguments)).as(program::err).isZero();
    H5py.expectTheSame(directory.resolve("out.slp"));
    try (SlpFile file = SlpFile.open(directory.resolve("out.slp"))) {
      return file.labels();
    }
  }

  private static Labels labels(Path path) throws IOException {
    try (SlpFile file = SlpFile.open(path)) {
      return file.labels();
    }
  }

  @Test
  void bothAnimalsAreFoundAfterTrainingOnOneFrame() throws Exception {
    Path data = copy("minimal_instance.pkg.slp");
    train("centroid", 80, data);
    train("centered_instance", 120, data);

    Labels found = track(data, "centroid", "centered_instance");

    assertThat(found.frames()).hasSize(1);
    assertThat(found.frames().get(0).predicted()).hasSize(2);
    Labels labels = labels(data);
    LabeledFrame frame = labels.frames().get(0);
    assertThat(frame.instances()).hasSize(2);
    List<Truth.Frame> animals =
        frame.instances().stream().map(animal -> truth(frame, animal.points())).toList();
    Evaluation evaluation =
        Evaluation.of(found, new Truth(labels.skeletons().get(0).nodeNames(), animals));
    draw("minimal_instance.png", evaluation);
    assertThat(evaluation.foundFraction()).isEqualTo(1);
    assertThat(evaluation.meanErrorPx()).isLessThanOrEqualTo(5);
  }

  private static Truth.Frame truth(LabeledFrame frame, List<Point> points) {
    return new Truth.Frame(frame.video(), frame.frameIndex(), points);
  }

  private void draw(String name, Evaluation evaluation) throws IOException, UserError {
    Files.createDirectories(PICTURES);
    try (SlpFile file = SlpFile.open(directory.resolve("out.slp"))) {
      new Preview(file, evaluation).write(PICTURES.resolve(name));
    }
  }

  @Test
  void framesOfAVideoThatNobodyLabelledAreTrackedToPlausiblePoints() throws Exception {
    Path data = copy("small_robot_minimal.slp");
    copy("small_robot.mp4");
    Labels labels = labels(data);
    train(
        "single_instance",
        20,
        data,
        // 200 steps of 8 frames in full size take two processors a quarter of an hour.
        "trainer_config.max_epochs=3",
        "trainer_config.train_data_loader.batch_size=4",
        "trainer_config.optimizer.lr=0.001",
        "data_config.preprocessing.scale=0.5",
        "data_config.preprocessing.max_height=224",
        "data_config.use_same_data_for_val=true",
        "model_config.head_configs.single_instance.confmaps.part_names=[]");

    Labels found = track(data, "single_instance");

    assertThat(found.frames()).hasSize(166);
    List<Integer> labelled = labels.frames().stream().map(LabeledFrame::frameIndex).toList();
    List<LabeledFrame> others =
        found.frames().stream().filter(f -> !labelled.contains(f.frameIndex())).toList();
    drawTen(others);
    int plausible = 0;
    for (LabeledFrame frame : others) {
      for (PredictedInstance animal : frame.predicted()) {
        assertThat(animal.points())
            .filteredOn(point -> point.point().present())
            .allSatisfy(point -> assertThat(point.point().x()).isBetween(-0.5, 559.5))
            .allSatisfy(point -> assertThat(point.point().y()).isBetween(-0.5, 319.5));
        plausible += isPlausible(labels, animal) ? 1 : 0;
      }
    }
    assertThat(plausible).isGreaterThan(others.size() * 3 / 4);
  }

  /** Whether all parts are where they are in a labelled frame: the robot moves its rotor only. */
  private static boolean isPlausible(Labels labels, PredictedInstance animal) {
    List<Point> points = animal.points().stream().map(PredictedPoint::point).toList();
    return labels.frames().stream()
        .flatMap(frame -> frame.instances().stream())
        .anyMatch(labelled -> farthest(labelled.points(), points) < NEAR);
  }

  private static double farthest(List<Point> wanted, List<Point> found) {
    double farthest = 0;
    for (int i = 0; i < wanted.size(); i++) {
      double x = wanted.get(i).x() - found.get(i).x();
      double y = wanted.get(i).y() - found.get(i).y();
      farthest = Math.max(farthest, Math.hypot(x, y));
    }
    return farthest;
  }

  private void drawTen(List<LabeledFrame> frames) throws IOException, UserError {
    List<Evaluation.Frame> drawn =
        Stream.iterate(0, i -> i + frames.size() / 10)
            .limit(10)
            .map(frames::get)
            .flatMap(frame -> frame.predicted().stream().map(animal -> tile(frame, animal)))
            .toList();
    draw("small_robot.png", new Evaluation(1, 1, 0, drawn));
  }

  private static Evaluation.Frame tile(LabeledFrame frame, PredictedInstance animal) {
    List<Point> nobodyKnows = Collections.nCopies(animal.points().size(), Point.MISSING);
    return new Evaluation.Frame(truth(frame, nobodyKnows), animal.points());
  }
}
