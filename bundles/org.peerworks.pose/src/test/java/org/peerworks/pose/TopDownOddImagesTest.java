package org.peerworks.pose;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerworks.lib.slp.EmbeddedFrames;
import org.peerworks.lib.slp.ImageFormat;
import org.peerworks.lib.slp.Instance;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.Point;
import org.peerworks.lib.slp.PredictedInstance;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.lib.slp.SlpWriter;
import org.peerworks.lib.slp.Video;

/** One labelled frame of a size that fits nothing, with animals at its border and missing parts. */
class TopDownOddImagesTest {

  private static final int WIDTH = 53;
  private static final int HEIGHT = 37;

  private final Program program = new Program();

  @TempDir Path directory;

  @BeforeEach
  void makeSample() {
    assertThat(
            program.run(
                "sample", "--out", at(""), "--frames", "2", "--heldout", "1", "--animals", "2"))
        .isZero();
  }

  private String at(String name) {
    return directory.resolve(name).toString();
  }

  /** One frame with two animals, and one that nobody is in. */
  private void write(int type) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    Graphics2D g = image.createGraphics();
    g.setColor(Color.ORANGE);
    g.fillRect(0, 0, 8, 8);
    g.fillRect(WIDTH - 8, HEIGHT - 8, 8, 8);
    g.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);

    Labels sample;
    try (SlpFile file = SlpFile.open(directory.resolve("train.pkg.slp"))) {
      sample = file.labels();
    }
    EmbeddedFrames frames =
        new EmbeddedFrames("video0/video", ImageFormat.PNG, HEIGHT, WIDTH, 3, false, List.of(3, 4));
    Labels labels =
        new Labels(
            sample.skeletons(),
            List.of(new Video("odd.mp4", Optional.of(frames))),
            List.of(),
            List.of(
                new LabeledFrame(
                    0, 3, List.of(animal(0, 0), animal(WIDTH - 1, HEIGHT - 1)), List.of()),
                new LabeledFrame(0, 4, List.of(), List.of())),
            List.of());
    SlpWriter.write(directory.resolve("odd.slp"), labels, (video, frame) -> png.toByteArray());
  }

  private static Instance animal(double x, double y) {
    Point hidden = new Point(20, 20, false, false);
    Point missing = Point.MISSING;
    return new Instance(
        0, List.of(new Point(x, y, true, true), missing, hidden, missing, missing, missing));
  }

  private void train(String model, int crop) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--config-name",
                model,
                "--config-dir",
                at(""),
                "data_config.train_labels_path=[" + at("odd.slp") + "]",
                "data_config.preprocessing.ensure_grayscale=false",
                "data_config.preprocessing.crop_size=" + crop,
                "trainer_config.ckpt_dir=" + at("models"),
                "trainer_config.max_epochs=1",
                "trainer_config.min_train_steps_per_epoch=2",
                "model_config.backbone_config.unet.filters=2",
                "model_config.backbone_config.unet.max_stride=8"));
    assertThat(program.run(arguments)).as(program::err).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    BufferedImage.TYPE_INT_RGB + ", 70, 3",
    BufferedImage.TYPE_BYTE_GRAY + ", 21, 1",
  })
  void areLearnedFromAndTracked(int type, int crop, int channels) throws IOException {
    write(type);
    train("centroid", crop);
    train("centered_instance", crop);
    int padded = (crop + 7) / 8 * 8;
    assertThat(program.out())
        .contains("Frames: 1 to learn from, 1 to validate")
        .contains("input %d×%d×%d".formatted(padded, padded, channels));

    int status =
        program.run(
            "track",
            "-i",
            at("odd.slp"),
            "-o",
            at("out.slp"),
            "--peak_threshold",
            "0",
            "-m",
            at("models/centroid"),
            "-m",
            at("models/centered_instance"));

    assertThat(status).as(program::err).isZero();
    try (SlpFile file = SlpFile.open(directory.resolve("out.slp"))) {
      List<LabeledFrame> frames = file.labels().frames();
      assertThat(frames.stream().map(LabeledFrame::frameIndex)).containsExactly(3, 4);
      assertThat(frames.get(0).predicted()).isNotEmpty();
      for (PredictedInstance animal : frames.get(0).predicted()) {
        assertThat(animal.points()).hasSize(6);
        assertThat(animal.score()).isFinite();
      }
    }
  }
}
