package org.peerworks.pose.train;

import java.util.List;
import java.util.Optional;
import org.peerworks.lib.slp.Point;
import org.peerworks.pose.UserError;
import org.peerworks.pose.config.HeadConfig;

/** What a model learns from a labelled frame; each head has its own way. */
@FunctionalInterface
interface Lessons {

  /**
   * Makes samples of a frame.
   *
   * @param animals at least one, each with a visible part; points in the order of the model's parts
   * @throws UserError if the frame is not for this head
   */
  List<Sample> of(Sample.Frame frame, List<List<Point>> animals) throws UserError;

  /** The way of a head, for animals with these parts. */
  static Lessons of(HeadConfig head, List<String> parts) throws UserError {
    Anchor anchor = Anchor.of(head.anchorPart(), parts);
    return switch (head.type()) {
      case SINGLE_INSTANCE -> Lessons::single;
      case CENTROID ->
          (frame, animals) ->
              List.of(
                  new Sample(
                      frame, Optional.empty(), List.of(animals.stream().map(anchor::of).toList())));
      case CENTERED_INSTANCE ->
          (frame, animals) ->
              animals.stream()
                  .map(animal -> new Sample(frame, Optional.of(anchor.of(animal)), each(animal)))
                  .toList();
    };
  }

  private static List<Sample> single(Sample.Frame frame, List<List<Point>> animals)
      throws UserError {
    if (animals.size() > 1) {
      throw UserError.data(
          "Frame %d in '%s' has %d animals, but a 'single_instance' model learns one. Train a 'centroid' and a 'centered_instance' model, or keep one animal per frame.",
          frame.index(), frame.file().path(), animals.size());
    }
    return List.of(new Sample(frame, Optional.empty(), each(animals.get(0))));
  }

  /** A map for each part. */
  private static List<List<Point>> each(List<Point> animal) {
    return animal.stream().map(List::of).toList();
  }
}
