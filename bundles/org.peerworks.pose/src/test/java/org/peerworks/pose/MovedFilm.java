package org.peerworks.pose;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.peerworks.lib.slp.EmbeddedFrames;
import org.peerworks.lib.slp.Instance;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.Point;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.lib.slp.SlpWriter;
import org.peerworks.lib.slp.Video;

/** A film of the first labelled frame, whose animals walk a pixel to the right with each frame. */
final class MovedFilm {

  private MovedFilm() {}

  /** The animals of each frame are labelled in the same order. */
  static void write(Path sample, Path film, int frames) throws IOException {
    try (SlpFile file = SlpFile.open(sample)) {
      Labels labels = file.labels();
      LabeledFrame first = labels.frames().get(0);
      Video video = labels.videos().get(0);
      EmbeddedFrames size = video.embedded().orElseThrow();
      BufferedImage image =
          ImageIO.read(
              new ByteArrayInputStream(file.image(video, first.frameIndex()).orElseThrow().data()));
      List<LabeledFrame> moved = new ArrayList<>();
      for (int i = 0; i < frames; i++) {
        int by = i;
        List<Instance> animals =
            first.instances().stream().map(animal -> moved(animal, by)).toList();
        moved.add(new LabeledFrame(0, i, animals, List.of()));
      }
      EmbeddedFrames embedded =
          new EmbeddedFrames(
              size.dataset(),
              size.format(),
              size.height(),
              size.width(),
              size.channels(),
              false,
              IntStream.range(0, frames).boxed().toList());
      SlpWriter.write(
          film,
          new Labels(
              labels.skeletons(),
              List.of(new Video("film.mp4", Optional.of(embedded))),
              List.of(),
              moved,
              List.of()),
          (number, frame) -> moved(image, frame));
    }
  }

  private static Instance moved(Instance animal, int by) {
    return new Instance(
        animal.skeleton(),
        animal.points().stream()
            .map(p -> p.present() ? new Point(p.x() + by, p.y(), p.visible(), p.complete()) : p)
            .toList());
  }

  private static byte[] moved(BufferedImage image, int by) throws IOException {
    BufferedImage result =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D g = result.createGraphics();
    g.setColor(new Color(image.getRGB(0, 0)));
    g.fillRect(0, 0, image.getWidth(), image.getHeight());
    g.drawImage(image, by, 0, null);
    g.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(result, "png", png);
    return png.toByteArray();
  }
}
