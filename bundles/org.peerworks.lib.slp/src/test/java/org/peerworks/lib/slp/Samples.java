package org.peerworks.lib.slp;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Small files for tests. */
final class Samples {

  static final Skeleton SKELETON =
      new Skeleton(
          "animal",
          List.of(new Node("nose", 1), new Node("tail", 1), new Node("ear", 1)),
          List.of(new Edge(0, 1), new Edge(0, 2)),
          List.of(new Edge(1, 2)));

  private Samples() {}

  /** Two videos: one with four embedded images, one that is a file elsewhere. */
  static Labels labels() {
    EmbeddedFrames embedded =
        new EmbeddedFrames(
            "video0/video", ImageFormat.PNG, 24, 32, 1, false, List.of(0, 5, 10, 42));
    List<Video> videos =
        List.of(
            new Video("arena.mp4", Optional.of(embedded)),
            new Video("other.mp4", Optional.empty()));
    PredictedInstance predicted =
        new PredictedInstance(
            0,
            1,
            List.of(
                new PredictedPoint(new Point(1.5, 2.5, true, false), 0.75),
                PredictedPoint.MISSING,
                new PredictedPoint(new Point(3, 4, true, false), 0.5)),
            0.625,
            0.25);
    Instance labelled =
        new Instance(
            0,
            1,
            List.of(new Point(10.25, 11, true, true), Point.MISSING, new Point(7, 8, false, true)),
            Optional.of(predicted));
    Instance second =
        new Instance(0, List.of(new Point(1, 1, true, true), Point.MISSING, Point.MISSING));
    return new Labels(
        List.of(SKELETON),
        videos,
        List.of(new Track(0, "a"), new Track(3, "b — ü")),
        List.of(
            new LabeledFrame(0, 5, List.of(labelled, second), List.of(predicted)),
            new LabeledFrame(0, 10, List.of(second), List.of()),
            new LabeledFrame(1, 99, List.of(), List.of(predicted))),
        List.of(new Suggestion(0, 42, 0), new Suggestion(1, 7, 2)));
  }

  static Path write(Path file) throws IOException {
    SlpWriter.write(file, labels(), (video, frame) -> png(frame));
    return file;
  }

  /** A grey image whose first pixel tells the frame. */
  static byte[] png(int frame) throws IOException {
    BufferedImage image = new BufferedImage(32, 24, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 24; y++) {
      for (int x = 0; x < 32; x++) {
        image.getRaster().setSample(x, y, 0, (frame + 37 * x * y) & 0xff);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  /** As many labelled frames as wanted, each with one animal. */
  static List<LabeledFrame> frames(int count) {
    List<LabeledFrame> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Point point = new Point(i, i / 2.0, true, true);
      frames.add(
          new LabeledFrame(
              1, i, List.of(new Instance(0, List.of(point, point, point))), List.of()));
    }
    return frames;
  }
}
