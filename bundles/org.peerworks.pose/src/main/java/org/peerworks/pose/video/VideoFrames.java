package org.peerworks.pose.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.peerworks.lib.slp.EmbeddedImage;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.lib.slp.Video;
import org.peerworks.pose.UserError;
import org.peerworks.pose.image.ImageDecoder;
import org.peerworks.pose.image.Raster;

/**
 * The images of the frames that label files speak of: embedded ones, else those of the video
 * itself, which has to lie in the folder of the labels or in the working directory.
 *
 * <p>Owns the videos that it opened until it is closed. Not thread-safe.
 */
public final class VideoFrames implements AutoCloseable {

  private static final int MOST_OPEN = 8;

  private record Key(Path path, Optional<Boolean> gray) {}

  private final VideoLimits limits;

  /** The one that was used last is the last. */
  private final Map<Key, VideoFile> open = new LinkedHashMap<>(16, 0.75f, true);

  public VideoFrames(VideoLimits limits) {
    this.limits = limits;
  }

  /**
   * The image of one frame.
   *
   * @param video of that file, as its labels tell
   * @throws UserError if it is neither in the file nor in a video that is there, or damaged
   */
  public Raster image(SlpFile labels, Video video, int frameIndex) throws UserError, IOException {
    Optional<EmbeddedImage> embedded = labels.image(video, frameIndex);
    if (embedded.isPresent()) {
      return ImageDecoder.decode(embedded.get(), limits.maxPixels());
    }
    if (video.embedded().isPresent() && video.filename().isEmpty()) {
      throw UserError.data(
          "The image of frame %d is not embedded in '%s' of '%s'. Save a package with all its images.",
          frameIndex, video.embedded().get().dataset(), labels.path());
    }
    return file(labels, video).frame(frameIndex);
  }

  /**
   * The video itself, even if images of it are embedded.
   *
   * @return belongs to this object; used before the next call
   * @throws UserError if it is not there, damaged or too large
   */
  public VideoFile file(SlpFile labels, Video video) throws UserError, IOException {
    if (video.filename().isEmpty()) {
      throw UserError.data("'%s' does not tell where its video is.", labels.path());
    }
    Path path = VideoLocator.around(labels.path()).find(labels.path(), video.filename());
    Key key = new Key(path, video.grayscale());
    VideoFile file = open.get(key);
    if (file == null) {
      file = VideoFile.open(path, video.grayscale(), limits);
      open.put(key, file);
      if (open.size() > MOST_OPEN) {
        Iterator<VideoFile> oldest = open.values().iterator();
        oldest.next().close();
        oldest.remove();
      }
    }
    return file;
  }

  @Override
  public void close() {
    open.values().forEach(VideoFile::close);
    open.clear();
  }
}
