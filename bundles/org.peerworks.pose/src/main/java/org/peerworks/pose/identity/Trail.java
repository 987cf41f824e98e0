package org.peerworks.pose.identity;

import java.util.ArrayDeque;
import java.util.Deque;
import org.peerworks.pose.identity.IdentityOptions.Reduction;

/** The last places of one track. */
final class Trail {

  private record Place(int frame, Shape shape) {}

  private final Deque<Place> places = new ArrayDeque<>();
  private final int window;

  Trail(int window) {
    this.window = window;
  }

  void add(int frame, Shape shape) {
    places.addLast(new Place(frame, shape));
    if (places.size() > window) {
      places.removeFirst();
    }
  }

  int lastFrame() {
    return places.getLast().frame();
  }

  /**
   * How similar an animal is to what this track would look like now, had it moved on as before.
   *
   * @return from 0 to 1, or NaN if it cannot be the same
   */
  double similarity(Similarity similarity, Shape shape, int frame, Reduction reduction) {
    Place first = places.getFirst();
    Place last = places.getLast();
    int span = Math.max(1, last.frame() - first.frame());
    double speedX = (last.shape().centerX() - first.shape().centerX()) / span;
    double speedY = (last.shape().centerY() - first.shape().centerY()) / span;
    // Nobody goes on straight for ever: a guess reaches as far ahead as what it is made from.
    int ahead = Math.min(frame - last.frame(), span);
    double sum = 0;
    double most = Double.NaN;
    int count = 0;
    for (Place place : places) {
      int steps = last.frame() - place.frame() + ahead;
      double value = similarity.of(shape, place.shape(), speedX * steps, speedY * steps);
      if (!Double.isNaN(value)) {
        sum += value;
        count++;
        most = Double.isNaN(most) ? value : Math.max(most, value);
      }
    }
    return reduction == Reduction.MAX || count == 0 ? most : sum / count;
  }
}
