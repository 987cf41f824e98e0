package org.peerworks.pose.config;

import java.util.List;
import java.util.Optional;
import org.peerworks.pose.UserError;

/**
 * Where the labels are and how images are prepared.
 *
 * @param validationFraction of the labelled frames, unless there are files of their own for that
 * @param augmentation what happens to training images
 */
public record DataConfig(
    List<String> trainLabels,
    List<String> validationLabels,
    double validationFraction,
    boolean sameDataForValidation,
    boolean userInstancesOnly,
    Preprocessing preprocessing,
    Augmentation augmentation) {

  /**
   * How an image becomes the input of the network.
   *
   * @param maxHeight in pixels; images are scaled to fit it, keeping their proportions
   * @param maxWidth in pixels
   * @param scale applied after that
   * @param crop how large the crops for centered instances are
   */
  public record Preprocessing(
      boolean ensureRgb,
      boolean ensureGrayscale,
      Optional<Integer> maxHeight,
      Optional<Integer> maxWidth,
      double scale,
      CropConfig crop) {}

  private static final int LONGEST_SIDE = 16_384;

  static DataConfig of(Section section) throws UserError {
    section.choice("provider", "LabelsReader");
    // How images are cached changes no result; skeletons come with the labels.
    section.ignore(
        "data_pipeline_fw",
        "cache_img_path",
        "delete_cache_imgs_after_training",
        "parallel_caching",
        "cache_workers",
        "negative_loss_weight",
        "skeletons");
    section.without("use_existing_imgs", "use_negative_frames", "test_file_path");
    boolean augmented = section.truth("use_augmentations_train", true);
    Augmentation augmentation = Augmentation.of(section.section("augmentation_config"));
    DataConfig config =
        new DataConfig(
            section.texts("train_labels_path"),
            section.texts("val_labels_path"),
            section.real("validation_fraction", 0.1, 0, 1),
            section.truth("use_same_data_for_val", false),
            section.truth("user_instances_only", true),
            preprocessing(section.section("preprocessing")),
            augmented ? augmentation : Augmentation.NONE);
    section.end();
    return config;
  }

  private static Preprocessing preprocessing(Section section) throws UserError {
    section.section("tiling").without("enabled");
    Preprocessing preprocessing =
        new Preprocessing(
            section.truth("ensure_rgb", false),
            section.truth("ensure_grayscale", false),
            section.optionalInteger("max_height", 1, LONGEST_SIDE),
            section.optionalInteger("max_width", 1, LONGEST_SIDE),
            section.real("scale", 1, 0.01, 4),
            CropConfig.of(section, LONGEST_SIDE));
    section.end();
    if (preprocessing.ensureRgb() && preprocessing.ensureGrayscale()) {
      throw UserError.usage(
          "'ensure_rgb' and 'ensure_grayscale' in 'data_config.preprocessing' exclude each other.");
    }
    return preprocessing;
  }
}
