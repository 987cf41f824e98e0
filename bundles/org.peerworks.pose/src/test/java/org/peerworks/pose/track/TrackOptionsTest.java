package org.peerworks.pose.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.lib.slp.EmbeddedFrames;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.PredictedPoint;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.lib.slp.SlpWriter;
import org.peerworks.lib.slp.Suggestion;
import org.peerworks.lib.slp.Video;
import org.peerworks.pose.H5py;
import org.peerworks.pose.Program;
import org.peerworks.pose.options.JobOptions;

/** Options of {@code track}, with a small model, as they are given on the command line. */
class TrackOptionsTest {

  private static final int USAGE = 2;

  @TempDir static Path directory;

  private final Program program = new Program();

  @BeforeAll
  static void makeModel() {
    Program program = new Program();
    assertThat(
            program.run(
                "sample", "--out", at(""), "--frames", "8", "--heldout", "4", "--size", "64"))
        .isZero();
    int status =
        program.run(
            "train",
            "--config-name",
            "single_instance",
            "--config-dir",
            at(""),
            "data_config.train_labels_path=[" + at("train.pkg.slp") + "]",
            "trainer_config.ckpt_dir=" + at("models"),
            "trainer_config.run_name=tiny",
            "trainer_config.max_epochs=2",
            "trainer_config.seed=3",
            "trainer_config.min_train_steps_per_epoch=10",
            "model_config.backbone_config.unet.filters=4",
            "model_config.backbone_config.unet.max_stride=8");
    assertThat(status).as(program::err).isZero();
  }

  private static String at(String name) {
    return directory.resolve(name).toString();
  }

  private int run(String data, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("track", "-i", at(data), "-m", at("models/tiny"), "-o", at("out.slp")));
    arguments.addAll(List.of(more));
    return program.run(arguments);
  }

  private List<LabeledFrame> track(String data, String... more) throws IOException {
    assertThat(run(data, more)).as(program::err).isZero();
    try (SlpFile file = SlpFile.open(directory.resolve("out.slp"))) {
      return file.labels().frames();
    }
  }

  private static List<Double> scores(List<LabeledFrame> frames) {
    return frames.stream()
        .flatMap(frame -> frame.predicted().stream())
        .flatMap(animal -> animal.points().stream())
        .filter(found -> found.point().present())
        .map(PredictedPoint::score)
        .sorted()
        .toList();
  }

  private static List<Integer> heldOut() throws IOException {
    try (SlpFile file = SlpFile.open(directory.resolve("heldout.pkg.slp"))) {
      return file.labels().suggestions().stream().map(Suggestion::frameIndex).toList();
    }
  }

  @Test
  void ofTwoVideosOnlyTheOneThatIsNamedIsTracked() throws IOException {
    try (SlpFile file = SlpFile.open(directory.resolve("heldout.pkg.slp"))) {
      Video video = file.labels().videos().get(0);
      EmbeddedFrames first = video.embedded().orElseThrow();
      EmbeddedFrames second =
          new EmbeddedFrames(
              "video1/video",
              first.format(),
              first.height(),
              first.width(),
              first.channels(),
              false,
              first.frameNumbers().subList(0, 2));
      Labels two =
          new Labels(
              file.labels().skeletons(),
              List.of(video, new Video("other.mp4", Optional.of(second))),
              List.of(),
              List.of(),
              List.of());
      SlpWriter.write(
          directory.resolve("two.slp"),
          two,
          (number, frame) -> file.image(video, frame).orElseThrow().data());
    }
    assertThat(track("two.slp")).extracting(LabeledFrame::video).contains(0, 1).hasSize(6);
    assertThat(track("two.slp", "--video_index", "1"))
        .extracting(LabeledFrame::video)
        .containsExactly(1, 1);
    assertThat(track("two.slp", "--video_index", "0"))
        .extracting(LabeledFrame::video)
        .containsExactly(0, 0, 0, 0);
    assertThat(run("two.slp", "--video_index", "2")).isEqualTo(3);
    assertThat(program.err()).contains("no frame to track");
  }

  @Test
  void onlyTheFramesOfTheRangeAreTracked() throws IOException {
    List<Integer> frames = heldOut();
    String middle = frames.get(1) + "-" + frames.get(2);
    assertThat(track("heldout.pkg.slp", "--frames", middle))
        .extracting(LabeledFrame::frameIndex)
        .containsExactly(frames.get(1), frames.get(2));
    assertThat(track("heldout.pkg.slp", "--frames", frames.get(3).toString()))
        .extracting(LabeledFrame::frameIndex)
        .containsExactly(frames.get(3));
  }

  @Test
  void pointsBelowTheThresholdAreLeftOut() throws IOException {
    List<Double> all = scores(track("heldout.pkg.slp", "--peak_threshold", "0"));
    assertThat(all).hasSizeGreaterThan(8);
    double middle = (all.get(all.size() / 2 - 1) + all.get(all.size() / 2)) / 2;

    List<Double> some =
        scores(track("heldout.pkg.slp", "--peak_threshold", String.valueOf(middle)));

    assertThat(some).hasSizeBetween(1, all.size() - 1).allMatch(score -> score >= middle);
    assertThat(track("heldout.pkg.slp", "--peak_threshold", "1")).hasSize(4);
    assertThat(track("heldout.pkg.slp", "--peak_threshold", "1", "--no_empty_frames")).isEmpty();
  }

  @Test
  void h5pyReadsThePredictionsAsWeDo() throws Exception {
    List<LabeledFrame> frames =
        track("heldout.pkg.slp", "--peak_threshold", "0.001", "--tracking", "--gui");
    assertThat(scores(frames)).isNotEmpty();
    assertThat(frames.get(0).predicted().get(0).track()).isZero();
    H5py.expectTheSame(directory.resolve("out.slp"));
  }

  @Test
  void whatAJobOfTheWorkerMaySayIsServedOrRefusedByName() throws IOException {
    JobOptions.areServedOrRefused(
        TrackCommand.parser(),
        "org.peerworks.job.track/src/main/java/org/peerworks/job/track/TrackOptions.java",
        70);
    assertThat(run("heldout.pkg.slp", "--use_flow")).isEqualTo(USAGE);
    assertThat(program.err())
        .startsWith("ERROR: The option '--use_flow' is not served by the built-in trainer: it ")
        .hasLineCount(1);
  }
}
