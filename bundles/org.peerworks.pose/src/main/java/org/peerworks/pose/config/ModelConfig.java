package org.peerworks.pose.config;

import java.util.List;
import org.peerworks.pose.UserError;

/**
 * The network and what it is to find.
 *
 * @param inChannels as the file says; the images decide when a model is trained
 * @param filters of the first block
 * @param filtersRate factor from block to block
 * @param maxStride input pixels per pixel in the deepest block; a power of two
 * @param head what is to be found
 */
public record ModelConfig(
    int inChannels,
    int kernelSize,
    int filters,
    double filtersRate,
    int maxStride,
    int convsPerBlock,
    boolean middleBlock,
    boolean xavier,
    HeadConfig head) {

  private static final int MOST_FILTERS = 4096;
  private static final List<String> OTHER_BACKBONES = List.of("convnext", "swint", "pretrained");

  static ModelConfig of(Section section) throws UserError {
    boolean xavier = section.choice("init_weights", "default", "xavier").equals("xavier");
    section.without("pretrained_backbone_weights", "pretrained_head_weights");
    section.ignore("total_params");
    HeadConfig head = HeadConfig.of(section.section("head_configs"));
    Section unet = unet(section.section("backbone_config"));
    section.end();
    unet.without("stem_stride");
    unet.integer("stacks", 1, 1, 1);
    if (!unet.truth("up_interpolate", true)) {
      throw UserError.usage(
          "'model_config.backbone_config.unet.up_interpolate' is false, but the built-in trainer only has interpolation. Set it to true.");
    }
    ModelConfig config =
        new ModelConfig(
            unet.integer("in_channels", 1, 1, 3),
            unet.integer("kernel_size", 3, 1, 9),
            unet.integer("filters", 32, 1, 512),
            unet.real("filters_rate", 1.5, 1, 4),
            unet.powerOfTwo("max_stride", 16),
            unet.integer("convs_per_block", 2, 1, 8),
            unet.truth("middle_block", true),
            xavier,
            head);
    int backboneStride = unet.powerOfTwo("output_stride", 1);
    unet.end();
    config.check(backboneStride);
    return config;
  }

  private void check(int backboneStride) throws UserError {
    if (kernelSize % 2 == 0) {
      throw UserError.usage("'model_config.backbone_config.unet.kernel_size' has to be odd.");
    }
    if (head.outputStride() < backboneStride || head.outputStride() > maxStride) {
      throw UserError.usage(
          "The head's 'output_stride' is %d, but has to lie between the backbone's 'output_stride' %d and its 'max_stride' %d.",
          head.outputStride(), backboneStride, maxStride);
    }
    if (filters * Math.pow(filtersRate, levels()) > MOST_FILTERS) {
      throw UserError.usage(
          "'filters', 'filters_rate' and 'max_stride' of 'model_config.backbone_config.unet' make more than %d filters.",
          MOST_FILTERS);
    }
  }

  /** How often the image is halved. */
  public int levels() {
    return Integer.numberOfTrailingZeros(maxStride);
  }

  /** Filters at one depth, from 0. */
  public int filtersAt(int level) {
    return Math.max(1, (int) (filters * Math.pow(filtersRate, level)));
  }

  private static Section unet(Section backbones) throws UserError {
    for (String other : OTHER_BACKBONES) {
      if (backbones.has(other)) {
        throw UserError.usage(
            "The backbone '%s' is not in the built-in trainer, which has 'unet'. Choose that, or install sleap-nn on the worker.",
            other);
      }
    }
    if (!backbones.has("unet")) {
      throw UserError.usage("'model_config.backbone_config' names no backbone. Set 'unet'.");
    }
    Section unet = backbones.section("unet");
    backbones.ignore(OTHER_BACKBONES.toArray(String[]::new)).end();
    return unet;
  }
}
