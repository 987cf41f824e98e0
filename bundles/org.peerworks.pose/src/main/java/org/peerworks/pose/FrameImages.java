package org.peerworks.pose;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.lib.slp.Video;
import org.peerworks.pose.image.Raster;
import org.peerworks.pose.video.VideoFrames;
import org.peerworks.pose.video.VideoLimits;

/**
 * Gives the images of frames, embedded in the labels or in a video beside them. Used by one thread
 * at a time.
 */
public final class FrameImages implements AutoCloseable {

  private record Key(SlpFile file, Video video, int frameIndex) {}

  private final VideoFrames source;
  private final Map<Key, Raster> kept = new HashMap<>();
  private long room = Runtime.getRuntime().maxMemory() / 3;

  public FrameImages() throws UserError {
    source = new VideoFrames(VideoLimits.configured());
  }

  /**
   * Decodes the image of one frame and keeps as many as a third of the memory holds, or takes the
   * one that was kept.
   *
   * @throws UserError if it is not there, or damaged
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
  public Raster load(SlpFile file, Video video, int frameIndex) throws UserError, IOException {
    return source.image(file, video, frameIndex);
  }

  /** Numbers of all frames of a video: those that are embedded, else all that it has. */
  public List<Integer> frames(SlpFile file, Video video) throws UserError, IOException {
    if (video.embedded().isPresent()) {
      return video.embedded().get().frameNumbers();
    }
    return IntStream.range(0, source.file(file, video).frames()).boxed().toList();
  }

  @Override
  public void close() {
    source.close();
  }
}
