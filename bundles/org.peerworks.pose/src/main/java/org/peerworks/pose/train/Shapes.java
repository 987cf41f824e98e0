package org.peerworks.pose.train;

import java.io.IOException;
import java.util.List;
import org.peerworks.lib.slp.Point;
import org.peerworks.pose.FrameImages;
import org.peerworks.pose.UserError;
import org.peerworks.pose.config.Augmentation;
import org.peerworks.pose.config.CropConfig;
import org.peerworks.pose.config.DataConfig;
import org.peerworks.pose.config.HeadConfig;
import org.peerworks.pose.config.TrainingConfig;
import org.peerworks.pose.image.InputShape;
import org.peerworks.pose.image.Raster;

/** Finds out how large the network's input has to be. */
final class Shapes {

  private final TrainingConfig config;
  private final FrameImages images;

  Shapes(TrainingConfig config, FrameImages images) {
    this.config = config;
    this.images = images;
  }

  /** The shape that the configuration tells; what it leaves open, the images and labels decide. */
  InputShape of(List<Sample> samples) throws UserError, IOException {
    int height = 1;
    int width = 1;
    int channels = 1;
    for (Sample sample : samples) {
      Raster image = sample.image(images);
      height = Math.max(height, image.height());
      width = Math.max(width, image.width());
      channels = Math.max(channels, image.channels());
    }
    DataConfig.Preprocessing wanted = config.data().preprocessing();
    if (wanted.ensureRgb()) {
      channels = 3;
    } else if (wanted.ensureGrayscale()) {
      channels = 1;
    }
    InputShape whole =
        InputShape.whole(
            channels,
            wanted.maxHeight().orElse(height),
            wanted.maxWidth().orElse(width),
            wanted.scale(),
            config.model().maxStride());
    if (config.model().head().type() != HeadConfig.Type.CENTERED_INSTANCE) {
      return whole;
    }
    int stride = config.model().maxStride();
    CropConfig crop = wanted.crop();
    int side = crop.size().isPresent() ? crop.size().get() : side(samples, whole, crop, stride);
    return whole.cropped(side, stride);
  }

  private int side(List<Sample> samples, InputShape whole, CropConfig crop, int stride)
      throws UserError, IOException {
    double longest = 0;
    for (Sample sample : samples) {
      Raster image = sample.image(images);
      List<Point> animal = sample.targets().stream().map(part -> part.get(0)).toList();
      double side = Anchor.Box.around(animal).longestSide();
      longest = Math.max(longest, side * whole.fit(image.height(), image.width()));
    }
    Augmentation changes = config.data().augmentation();
    double padding = crop.padding().map(Integer::doubleValue).orElse(longest * growth(changes));
    double side = Math.max(crop.leastSize(), longest + padding);
    return (int) Math.max(stride, Math.ceil(side / stride) * stride);
  }

  /** By what fraction a square grows at most when it is turned and scaled. */
  private static double growth(Augmentation changes) {
    double degrees =
        Math.max(Math.abs(changes.rotation().low()), Math.abs(changes.rotation().high()));
    double angle = Math.toRadians(Math.min(45, degrees));
    double turned = changes.rotation().probability() > 0 ? Math.cos(angle) + Math.sin(angle) : 1;
    double scaled = changes.scale().probability() > 0 ? Math.max(1, changes.scale().high()) : 1;
    return turned * scaled - 1;
  }
}
