package org.peerworks.pose.video;

import org.peerworks.pose.UserError;

/**
 * How much of a video is read.
 *
 * @param maxPixels of one frame, width times height
 * @param maxFrames of one video
 */
public record VideoLimits(int maxPixels, int maxFrames) {

  /** System property: most pixels of a frame. */
  public static final String MAX_PIXELS = "peerworks.maxFramePixels";

  /** System property: most frames of a video. */
  public static final String MAX_FRAMES = "peerworks.maxVideoFrames";

  /** 64 million pixels and 10 million frames, which are more than three days at 30 a second. */
  public static final VideoLimits DEFAULT = new VideoLimits(64_000_000, 10_000_000);

  public VideoLimits {
    if (maxPixels < 1 || maxFrames < 1) {
      throw new IllegalArgumentException(
          "Limits of a video are 1 or more; found %d pixels, %d frames."
              .formatted(maxPixels, maxFrames));
    }
  }

  /**
   * The limits that the system properties of this process tell, else the default.
   *
   * @throws UserError naming a property that is no number from 1 on
   */
  public static VideoLimits configured() throws UserError {
    return new VideoLimits(
        property(MAX_PIXELS, DEFAULT.maxPixels), property(MAX_FRAMES, DEFAULT.maxFrames));
  }

  private static int property(String name, int otherwise) throws UserError {
    String given = System.getProperty(name);
    if (given == null) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(given);
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below together with a number out of range.
    }
    throw UserError.usage(
        "The system property '%s' has to be a whole number from 1 on, but is '%s'.", name, given);
  }
}
