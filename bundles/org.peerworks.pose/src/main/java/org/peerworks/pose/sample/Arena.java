package org.peerworks.pose.sample;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.SplittableRandom;
import org.peerworks.lib.slp.Point;

/** Draws animals on the floor of its arena, partly under a shelter. */
final class Arena {

  private final int size;
  private final BufferedImage floor;
  private final double shelterX;
  private final double shelterY;
  private final double shelterRadius;
  private final SplittableRandom random;

  Arena(int size, SplittableRandom random) {
    this.size = size;
    this.random = random;
    shelterRadius = size * 0.09;
    shelterX = random.nextBoolean() ? size * 0.12 : size * 0.88;
    shelterY = random.nextBoolean() ? size * 0.12 : size * 0.88;
    floor = floor();
  }

  private BufferedImage floor() {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D g = graphics(image);
    g.setColor(grey(165));
    g.fillRect(0, 0, size, size);
    for (int i = 0; i < 60; i++) {
      double radius = size * (0.02 + 0.10 * random.nextDouble());
      g.setColor(new Color(0, 0, 0, 6 + random.nextInt(14)));
      g.fill(circle(random.nextDouble() * size, random.nextDouble() * size, radius));
    }
    g.dispose();
    return image;
  }

  /** One frame, with the noise of a camera. */
  BufferedImage draw(List<Animal> animals) {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D g = graphics(image);
    g.drawImage(floor, 0, 0, null);
    // Pixel centres are at whole numbers, Java2D's at halves.
    g.translate(0.5, 0.5);
    animals.forEach(animal -> draw(g, animal));
    g.setColor(grey(110));
    g.fill(circle(shelterX, shelterY, shelterRadius));
    g.dispose();
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int value = image.getRaster().getSample(x, y, 0) + random.nextInt(-6, 7);
        image.getRaster().setSample(x, y, 0, Math.max(0, Math.min(255, value)));
      }
    }
    return image;
  }

  private void draw(Graphics2D g, Animal animal) {
    double unit = animal.length();
    Path2D tail = new Path2D.Double();
    Point base = animal.at(Animal.TAIL_BASE);
    Point middle = animal.tailMiddle();
    Point tip = animal.at(Animal.TAIL_TIP);
    tail.moveTo(base.x(), base.y());
    tail.quadTo(middle.x(), middle.y(), tip.x(), tip.y());
    g.setColor(grey(70));
    g.setStroke(
        new BasicStroke((float) (unit * 0.09), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(tail);
    ellipse(g, animal, animal.at(Animal.BODY), unit * 0.42, unit * 0.24, 45);
    ellipse(g, animal, animal.head(), unit * 0.24, unit * 0.15, 60);
    g.setColor(grey(25));
    g.fill(circle(animal.at(Animal.LEFT_EAR), unit * 0.09));
    g.fill(circle(animal.at(Animal.RIGHT_EAR), unit * 0.09));
    g.setColor(grey(235));
    g.fill(circle(animal.at(Animal.NOSE), unit * 0.06));
  }

  private static void ellipse(
      Graphics2D g, Animal animal, Point centre, double along, double across, int shade) {
    AffineTransform before = g.getTransform();
    g.translate(centre.x(), centre.y());
    g.rotate(animal.heading());
    g.setColor(grey(shade));
    g.fill(new Ellipse2D.Double(-along, -across, 2 * along, 2 * across));
    g.setTransform(before);
  }

  /** Whether a point lies under the shelter. */
  boolean hides(Point point) {
    return Math.hypot(point.x() - shelterX, point.y() - shelterY) < shelterRadius;
  }

  private static Graphics2D graphics(BufferedImage image) {
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    return g;
  }

  private static Color grey(int shade) {
    return new Color(shade, shade, shade);
  }

  private static Ellipse2D circle(Point point, double radius) {
    return circle(point.x(), point.y(), radius);
  }

  private static Ellipse2D circle(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }
}
