package org.peerworks.pose;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.peerworks.lib.slp.Skeleton;

/**
 * Where the parts of a model are in a skeleton.
 *
 * @param positions for each part of the model its index in the skeleton
 * @param skeletonSize number of nodes of the skeleton
 */
public record PartOrder(List<Integer> positions, int skeletonSize) {

  /**
   * Finds each part by its name.
   *
   * @param path of the file that the skeleton is from, for the error
   * @throws UserError if the skeleton lacks one of them
   */
  public static PartOrder of(List<String> parts, Skeleton skeleton, String path) throws UserError {
    List<String> names = skeleton.nodeNames();
    List<Integer> positions = new ArrayList<>();
    for (String part : parts) {
      int position = names.indexOf(part);
      if (position < 0) {
        throw UserError.data(
            "The model's part '%s' is not in the skeleton of '%s', which has: %s.",
            part, path, String.join(", ", names));
      }
      positions.add(position);
    }
    return new PartOrder(positions, names.size());
  }

  /** From the skeleton's order to the model's. */
  public <T> List<T> pick(List<T> points) {
    return positions.stream().map(points::get).toList();
  }

  /** From the model's order to the skeleton's. */
  public <T> List<T> spread(List<T> found, T missing) {
    List<T> points = new ArrayList<>(Collections.nCopies(skeletonSize, missing));
    for (int i = 0; i < found.size(); i++) {
      points.set(positions.get(i), found.get(i));
    }
    return points;
  }
}
