package org.peerworks.pose;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.peerworks.lib.slp.EmbeddedImage;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.lib.slp.Video;
import org.peerworks.pose.image.ImageDecoder;
import org.peerworks.pose.image.Raster;

/**
 * Gives the images of frames, and keeps as many decoded as a third of the memory holds. Not
 * thread-safe.
 */
public final class FrameImages {

  private record Key(SlpFile file, Video video, int frameIndex) {}

  private final Map<Key, Raster> kept = new HashMap<>();
  private long room = Runtime.getRuntime().maxMemory() / 3;

  /**
   * Decodes the image of one frame, or takes the one that was kept.
   *
   * @throws UserError if it is not in the file, or damaged
   */
  public Raster image(SlpFile file, Video video, int frameIndex) throws UserError, IOException {
    Key key = new Key(file, video, frameIndex);
    Raster image = kept.get(key);
    if (image == null) {
      image = load(file, video, frameIndex);
      long size = (long) image.data().length * Float.BYTES;
      if (size <= room) {
        room -= size;
        kept.put(key, image);
      }
    }
    return image;
  }

  /** Decodes the image of one frame and keeps nothing. */
  public static Raster load(SlpFile file, Video video, int frameIndex)
      throws UserError, IOException {
    return ImageDecoder.decode(embedded(file, video, frameIndex));
  }

  private static EmbeddedImage embedded(SlpFile file, Video video, int frameIndex)
      throws UserError, IOException {
    requireEmbedded(video);
    Optional<EmbeddedImage> image = file.image(video, frameIndex);
    return image.orElseThrow(
        () ->
            UserError.data(
                "The image of frame %d is not embedded in '%s'. Save a package with all its images.",
                frameIndex, video.embedded().orElseThrow().dataset()));
  }

  /** Refuses a video whose images are not in the file. */
  public static void requireEmbedded(Video video) throws UserError {
    if (video.embedded().isEmpty()) {
      throw UserError.data(
          "The frames of the video '%s' are not embedded in the file, and the built-in trainer does not read videos. Save a package with images ('.pkg.slp').",
          video.filename());
    }
  }
}
