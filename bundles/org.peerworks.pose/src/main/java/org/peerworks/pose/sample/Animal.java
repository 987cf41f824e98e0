package org.peerworks.pose.sample;

import java.util.List;
import java.util.SplittableRandom;
import org.peerworks.lib.slp.Edge;
import org.peerworks.lib.slp.Node;
import org.peerworks.lib.slp.Point;
import org.peerworks.lib.slp.Skeleton;

/**
 * A small animal that walks about; where its parts are is known exactly.
 *
 * @param x of the middle of its body in pixels
 * @param y of the middle of its body in pixels
 * @param heading in radians, clockwise from the right
 * @param length of half its body in pixels
 * @param bend of its tail in radians
 */
record Animal(double x, double y, double heading, double length, double bend) {

  static final int NOSE = 0;
  static final int LEFT_EAR = 1;
  static final int RIGHT_EAR = 2;
  static final int BODY = 3;
  static final int TAIL_BASE = 4;
  static final int TAIL_TIP = 5;

  static final Skeleton SKELETON =
      new Skeleton(
          "animal",
          List.of(
              new Node("nose", 1),
              new Node("left_ear", 1),
              new Node("right_ear", 1),
              new Node("body", 1),
              new Node("tail_base", 1),
              new Node("tail_tip", 1)),
          List.of(
              new Edge(BODY, NOSE),
              new Edge(BODY, LEFT_EAR),
              new Edge(BODY, RIGHT_EAR),
              new Edge(BODY, TAIL_BASE),
              new Edge(TAIL_BASE, TAIL_TIP)),
          List.of(new Edge(LEFT_EAR, RIGHT_EAR)));

  /** An animal somewhere in an arena. */
  static Animal somewhere(int size, SplittableRandom random) {
    return new Animal(
        size * (0.3 + 0.4 * random.nextDouble()),
        size * (0.3 + 0.4 * random.nextDouble()),
        2 * Math.PI * random.nextDouble(),
        size * 0.2,
        0);
  }

  /** Some time later; it turns before it walks out of the arena. */
  Animal moved(int size, SplittableRandom random) {
    double turned = heading + (random.nextDouble() - 0.5) * 1.6;
    double step = length * (0.3 + 0.7 * random.nextDouble());
    double margin = length * 1.05;
    double newX = x + step * Math.cos(turned);
    double newY = y + step * Math.sin(turned);
    for (int tries = 0; outside(newX, newY, margin, size) && tries < 40; tries++) {
      turned += 0.4;
      newX = x + step * Math.cos(turned);
      newY = y + step * Math.sin(turned);
    }
    if (outside(newX, newY, margin, size)) {
      newX = x;
      newY = y;
    }
    double wag = 0.6 * bend + (random.nextDouble() - 0.5) * 0.9;
    return new Animal(newX, newY, turned, length, wag);
  }

  private static boolean outside(double x, double y, double margin, int size) {
    return x < margin || y < margin || x > size - 1 - margin || y > size - 1 - margin;
  }

  /** All parts, in the order of the skeleton; all of them visible. */
  List<Point> points() {
    return List.of(at(NOSE), at(LEFT_EAR), at(RIGHT_EAR), at(BODY), at(TAIL_BASE), at(TAIL_TIP));
  }

  Point at(int part) {
    return switch (part) {
      case NOSE -> place(0.80, 0);
      case LEFT_EAR -> place(0.42, -0.20);
      case RIGHT_EAR -> place(0.42, 0.20);
      case BODY -> place(0, 0);
      case TAIL_BASE -> place(-0.42, 0);
      case TAIL_TIP -> place(-0.42 - 0.5 * Math.cos(bend), 0.5 * Math.sin(bend));
      default -> throw new IllegalArgumentException("There is no part " + part);
    };
  }

  Point head() {
    return place(0.52, 0);
  }

  /** Control point of the tail's curve. */
  Point tailMiddle() {
    return place(-0.68, 0);
  }

  /** A place in the animal's own frame, in lengths. */
  private Point place(double along, double across) {
    double cos = Math.cos(heading);
    double sin = Math.sin(heading);
    return new Point(
        x + length * (along * cos - across * sin),
        y + length * (along * sin + across * cos),
        true,
        true);
  }
}
