package org.peerworks.pose.sample;

import java.util.ArrayList;
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

  /** Some animals in an arena, none on top of another if there is room. */
  static List<Animal> somewhere(int count, int size, SplittableRandom random) {
    double length = count == 1 ? size * 0.2 : size * Math.min(0.2, 0.22 / Math.sqrt(count));
    double margin = count == 1 ? 0.3 : 0.2;
    List<Animal> animals = new ArrayList<>();
    for (int tries = 0; animals.size() < count; tries++) {
      Animal animal =
          new Animal(
              size * (margin + (1 - 2 * margin) * random.nextDouble()),
              size * (margin + (1 - 2 * margin) * random.nextDouble()),
              2 * Math.PI * random.nextDouble(),
              length,
              0);
      if (tries > 1000 || !animal.touches(animals)) {
        animals.add(animal);
      }
    }
    return animals;
  }

  /** All of them some time later. */
  static List<Animal> allMoved(List<Animal> animals, int size, SplittableRandom random) {
    List<Animal> moved = new ArrayList<>(animals);
    for (int i = 0; i < moved.size(); i++) {
      Animal animal = moved.remove(i);
      moved.add(i, animal.moved(moved, size, random));
    }
    return moved;
  }

  /** It turns before it walks out of the arena or over another. */
  private Animal moved(List<Animal> others, int size, SplittableRandom random) {
    double turned = heading + (random.nextDouble() - 0.5) * 1.6;
    double step = length * (0.3 + 0.7 * random.nextDouble());
    Animal next = at(turned, step);
    for (int tries = 0; next.cannotBe(others, size) && tries < 40; tries++) {
      turned += 0.4;
      next = at(turned, step);
    }
    if (next.cannotBe(others, size)) {
      next = new Animal(x, y, turned, length, bend);
    }
    double wag = 0.6 * bend + (random.nextDouble() - 0.5) * 0.9;
    return new Animal(next.x, next.y, next.heading, length, wag);
  }

  private Animal at(double turned, double step) {
    return new Animal(
        x + step * Math.cos(turned), y + step * Math.sin(turned), turned, length, bend);
  }

  private boolean cannotBe(List<Animal> others, int size) {
    return outside(x, y, length * 1.05, size) || touches(others);
  }

  private boolean touches(List<Animal> others) {
    return others.stream().anyMatch(o -> Math.hypot(o.x - x, o.y - y) < 1.5 * length);
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
