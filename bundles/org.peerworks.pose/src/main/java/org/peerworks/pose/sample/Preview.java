package org.peerworks.pose.sample;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.peerworks.lib.slp.Point;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.pose.FrameImages;
import org.peerworks.pose.UserError;
import org.peerworks.pose.image.Raster;

/** Draws held-out frames in a grid: a disc where a part was found, a white ring where it is. */
final class Preview {

  private static final int COLUMNS = 4;
  private static final int MOST_FRAMES = 12;
  private static final int TILE = 256;

  private final SlpFile file;
  private final Evaluation evaluation;

  Preview(SlpFile file, Evaluation evaluation) {
    this.file = file;
    this.evaluation = evaluation;
  }

  void write(Path path) throws UserError, IOException {
    try (FrameImages images = new FrameImages()) {
      write(path, images);
    }
  }

  private void write(Path path, FrameImages images) throws UserError, IOException {
    Map<Map.Entry<Integer, Integer>, List<Evaluation.Frame>> animals = new LinkedHashMap<>();
    for (Evaluation.Frame frame : evaluation.frames()) {
      animals
          .computeIfAbsent(
              Map.entry(frame.truth().video(), frame.truth().frameIndex()),
              key -> new ArrayList<>())
          .add(frame);
    }
    List<List<Evaluation.Frame>> frames = animals.values().stream().limit(MOST_FRAMES).toList();
    int rows = (frames.size() + COLUMNS - 1) / COLUMNS;
    BufferedImage image =
        new BufferedImage(COLUMNS * TILE, rows * TILE, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    for (int i = 0; i < frames.size(); i++) {
      Graphics2D tile =
          (Graphics2D) g.create(i % COLUMNS * TILE, i / COLUMNS * TILE, TILE - 2, TILE - 2);
      draw(tile, frames.get(i), images);
      tile.dispose();
    }
    g.dispose();
    ImageIO.setUseCache(false);
    if (!ImageIO.write(image, "png", path.toFile())) {
      throw new IOException("No PNG could be written to '" + path + "'");
    }
  }

  private void draw(Graphics2D g, List<Evaluation.Frame> animals, FrameImages images)
      throws UserError, IOException {
    Truth.Frame first = animals.get(0).truth();
    Raster raster =
        images.load(file, file.labels().videos().get(first.video()), first.frameIndex());
    double scale = Math.min((double) TILE / raster.width(), (double) TILE / raster.height());
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.drawImage(
        picture(raster),
        0,
        0,
        (int) (raster.width() * scale),
        (int) (raster.height() * scale),
        null);
    for (Evaluation.Frame animal : animals) {
      draw(g, animal, scale);
    }
  }

  private static void draw(Graphics2D g, Evaluation.Frame frame, double scale) {
    int parts = frame.found().size();
    for (int i = 0; i < parts; i++) {
      Color color = Color.getHSBColor((float) i / parts, 1, 1);
      Point wanted = frame.truth().points().get(i);
      Point found = frame.found().get(i).point();
      if (wanted.present()) {
        g.setColor(Color.WHITE);
        g.setStroke(new BasicStroke(1.2f));
        g.draw(circle(wanted, scale, 6));
      }
      if (found.present()) {
        g.setColor(color);
        g.fill(circle(found, scale, 3));
      }
      if (wanted.present() && found.present()) {
        g.draw(
            new Line2D.Double(
                at(wanted.x(), scale),
                at(wanted.y(), scale),
                at(found.x(), scale),
                at(found.y(), scale)));
      }
    }
  }

  private static double at(double coordinate, double scale) {
    return (coordinate + 0.5) * scale;
  }

  private static Ellipse2D circle(Point point, double scale, double radius) {
    return new Ellipse2D.Double(
        at(point.x(), scale) - radius, at(point.y(), scale) - radius, 2 * radius, 2 * radius);
  }

  private static BufferedImage picture(Raster raster) {
    Raster rgb = raster.withChannels(3);
    int size = rgb.height() * rgb.width();
    BufferedImage image = new BufferedImage(rgb.width(), rgb.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < size; i++) {
      int red = Math.round(rgb.data()[i] * 255);
      int green = Math.round(rgb.data()[size + i] * 255);
      int blue = Math.round(rgb.data()[2 * size + i] * 255);
      image.setRGB(i % rgb.width(), i / rgb.width(), red << 16 | green << 8 | blue);
    }
    return image;
  }
}
