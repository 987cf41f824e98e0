package org.peerworks.pose.video;

import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.peerworks.pose.UserError;
import org.peerworks.pose.image.Raster;

/**
 * The frames of a video file, by number: frame n is the one that is shown after n others, as a
 * program sees it that reads the video from its start to its end.
 *
 * <p>Reading one frame after the other is fast; going elsewhere means decoding from the key frame
 * before. The file may come from anybody, but FFmpeg reads it in this process. Owns native memory
 * until it is closed. Not thread-safe.
 */
public final class VideoFile implements AutoCloseable {

  private static final float[] LEVELS = levels();

  private final Path path;
  private final VideoLimits limits;
  private final FrameConverter converter = new FrameConverter();
  private FrameReader reader;
  private int width;
  private int height;
  private int turns;
  private boolean gray;
  private boolean closed;

  private VideoFile(Path path, VideoLimits limits) {
    this.path = path;
    this.limits = limits;
  }

  /**
   * Opens a video and decodes its first frame.
   *
   * @param gray whether frames have one channel, the red one, as SLEAP takes it; empty to find out
   *     from the first frame
   * @throws UserError if the file is missing, no video, damaged at its start or too large
   */
  public static VideoFile open(Path path, Optional<Boolean> gray, VideoLimits limits)
      throws UserError {
    VideoFile file = new VideoFile(path, limits);
    try {
      file.start(gray);
      return file;
    } catch (UserError | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void start(Optional<Boolean> wanted) throws UserError {
    try (MediaInput input = MediaInput.open(path, limits)) {
      turns = input.quarterTurns();
      FrameIndex index = FrameIndex.of(input, limits);
      reader =
          index == null ? new CountingReader(path, limits) : new SeekingReader(path, limits, index);
    }
    AVFrame first = go(0);
    width = first.width();
    height = first.height();
    gray = wanted.isPresent() ? wanted.get() : isGray(converter.rgb(first));
  }

  private static boolean isGray(byte[] rgb) {
    for (int i = 0; i < rgb.length; i += 3) {
      if (rgb[i] != rgb[i + 2]) {
        return false;
      }
    }
    return true;
  }

  /** Number of frames; those that are announced but cut off among them. May decode all of them. */
  public int frames() throws UserError {
    return reader.count();
  }

  /** Channels of each frame: 1 or 3. */
  public int channels() {
    return gray ? 1 : 3;
  }

  /** Pixels of each frame, from left to right. */
  public int width() {
    return turns % 2 == 0 ? width : height;
  }

  /** Pixels of each frame, from top to bottom. */
  public int height() {
    return turns % 2 == 0 ? height : width;
  }

  /**
   * Decodes one frame.
   *
   * @param number from 0
   * @throws UserError if there is none of that number, or it is damaged
   */
  public Raster frame(int number) throws UserError {
    if (closed) {
      throw new IllegalStateException("'" + path + "' is closed");
    }
    if (number < 0) {
      throw noSuchFrame(path, number, frames());
    }
    AVFrame frame = go(number);
    if (frame.width() != width || frame.height() != height) {
      throw UserError.data(
          "Frame %d of '%s' is %d×%d pixels large, but the first one %d×%d. Convert the video to one size.",
          number, path, frame.width(), frame.height(), width, height);
    }
    return raster(converter.rgb(frame));
  }

  private AVFrame go(int number) throws UserError {
    if (reader instanceof SeekingReader && number >= reader.count()) {
      throw noSuchFrame(path, number, reader.count());
    }
    AVFrame frame = reader.go(number);
    if (frame == null) {
      FrameReader counting = new CountingReader(path, limits);
      reader.close();
      reader = counting;
      frame = reader.go(number);
    }
    return frame;
  }

  static UserError noSuchFrame(Path path, int number, int count) {
    return UserError.data(
        "'%s' has no frame %d: it has %d frames, counted from 0.", path, number, count);
  }

  private Raster raster(byte[] rgb) {
    int size = width * height;
    int channels = channels();
    float[] data = new float[channels * size];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int source = 3 * (y * width + x);
        int at = turned(x, y);
        for (int channel = 0; channel < channels; channel++) {
          data[channel * size + at] = LEVELS[rgb[source + channel] & 0xff];
        }
      }
    }
    return new Raster(channels, height(), width(), data);
  }

  /** Where a pixel comes to lie once the frame is turned clockwise. */
  private int turned(int x, int y) {
    return switch (turns) {
      case 1 -> x * height + (height - 1 - y);
      case 2 -> (height - 1 - y) * width + (width - 1 - x);
      case 3 -> (width - 1 - x) * height + y;
      default -> y * width + x;
    };
  }

  private static float[] levels() {
    float[] levels = new float[256];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = i / 255f;
    }
    return levels;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (reader != null) {
        reader.close();
      }
      converter.close();
    }
  }
}
