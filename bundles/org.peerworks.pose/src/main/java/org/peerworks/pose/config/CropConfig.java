package org.peerworks.pose.config;

import java.util.List;
import java.util.Optional;
import org.peerworks.pose.UserError;

/**
 * How large a square is cut out around each animal, in pixels before {@code scale}.
 *
 * @param size fixed, if given
 * @param leastSize otherwise at least this
 * @param padding around the largest animal; if absent, as much as augmentation makes it grow
 */
public record CropConfig(Optional<Integer> size, int leastSize, Optional<Integer> padding) {

  static CropConfig of(Section section, int largest) throws UserError {
    Optional<Integer> size = section.optionalInteger("crop_size", 1, largest);
    // The name that sleap-nn's first versions gave it.
    List<String> sides = section.texts("crop_hw");
    if (size.isEmpty() && !sides.isEmpty()) {
      size = Optional.of(side(sides, largest));
    }
    return new CropConfig(
        size,
        section.integer("min_crop_size", 100, 0, largest),
        section.optionalInteger("crop_padding", 0, largest));
  }

  private static int side(List<String> sides, int largest) throws UserError {
    boolean square = sides.size() == 2 && sides.get(0).equals(sides.get(1));
    if (square && sides.get(0).matches("[1-9][0-9]{0,8}")) {
      int side = Integer.parseInt(sides.get(0));
      if (side <= largest) {
        return side;
      }
    }
    throw UserError.usage(
        "'data_config.preprocessing.crop_hw' has to be two equal whole numbers from 1 to %d, but is '%s'.",
        largest, sides);
  }
}
