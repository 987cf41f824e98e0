package org.peerworks.pose.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.peerworks.pose.UserError;

/**
 * What a network is to find: one confidence map per body part, or one for all animals.
 *
 * @param partNames in the order of the maps; empty for all nodes of the skeleton, and for centroids
 * @param anchorPart that an animal is found by and cropped around; without it, or where it is
 *     missing, the middle of its parts
 * @param sigma of the Gaussian in input pixels
 * @param outputStride input pixels per pixel of the map; a power of two
 */
public record HeadConfig(
    Type type,
    List<String> partNames,
    Optional<String> anchorPart,
    double sigma,
    int outputStride) {

  /** The heads of sleap-nn that the built-in trainer has. */
  public enum Type {
    /** The parts of the only animal in the image. */
    SINGLE_INSTANCE,
    /** Where animals are in the image. */
    CENTROID,
    /** The parts of the animal in the middle of a crop. */
    CENTERED_INSTANCE;

    /** Name in the configuration. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final List<String> OTHERS =
      List.of(
          "bottomup",
          "multi_class_bottomup",
          "multi_class_topdown",
          "bottomup_segmentation",
          "centered_instance_segmentation",
          "semantic_segmentation");

  public HeadConfig {
    partNames = List.copyOf(partNames);
  }

  static HeadConfig of(Section heads) throws UserError {
    String known =
        "'" + String.join("', '", Arrays.stream(Type.values()).map(Type::key).toList()) + "'";
    for (String other : OTHERS) {
      if (heads.has(other)) {
        throw UserError.usage(
            "The head '%s' is not in the built-in trainer, which has %s. Choose one of those, or install sleap-nn on the worker.",
            other, known);
      }
    }
    List<Type> given = new ArrayList<>(List.of(Type.values()));
    given.removeIf(type -> !heads.has(type.key()));
    if (given.size() != 1) {
      throw UserError.usage(
          "'model_config.head_configs' names %s. Set exactly one of %s.",
          given.isEmpty()
              ? "no head"
              : "several heads: '"
                  + String.join("', '", given.stream().map(Type::key).toList())
                  + "'",
          known);
    }
    Type type = given.get(0);
    Section head = heads.section(type.key());
    heads.ignore(Arrays.stream(Type.values()).map(Type::key).toArray(String[]::new));
    heads.ignore(OTHERS.toArray(String[]::new)).end();
    Section maps = head.section("confmaps");
    head.end();
    HeadConfig config = of(type, maps.ignore("loss_weight"));
    maps.end();
    return config;
  }

  private static HeadConfig of(Type type, Section maps) throws UserError {
    return new HeadConfig(
        type,
        type == Type.CENTROID ? List.of() : maps.texts("part_names"),
        type == Type.SINGLE_INSTANCE ? Optional.empty() : maps.text("anchor_part"),
        maps.real("sigma", 5, 0.1, 1000),
        maps.powerOfTwo("output_stride", 1));
  }

  /** Number of maps for an animal of so many parts. */
  public int maps(int parts) {
    return type == Type.CENTROID ? 1 : parts;
  }
}
