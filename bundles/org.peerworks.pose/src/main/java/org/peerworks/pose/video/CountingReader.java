package org.peerworks.pose.video;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.peerworks.pose.UserError;

/**
 * Counts frames from the start, for videos whose containers do not tell enough to do less. Going
 * back means starting again.
 */
final class CountingReader implements FrameReader {

  private final Path path;
  private final VideoLimits limits;
  private FrameDecoder decoder;
  private int next;
  private int count = -1;

  CountingReader(Path path, VideoLimits limits) throws UserError {
    this.path = path;
    this.limits = limits;
    decoder = FrameDecoder.open(path, limits);
  }

  @Override
  public int count() throws UserError {
    if (count < 0) {
      int frames = 0;
      try (FrameDecoder all = FrameDecoder.open(path, limits)) {
        while (all.next()) {
          if (++frames > limits.maxFrames()) {
            throw UserError.data(
                "'%s' has more than %d frames, which is the limit. Cut it into pieces.",
                path, limits.maxFrames());
          }
        }
      }
      count = frames;
    }
    return count;
  }

  @Override
  public AVFrame go(int number) throws UserError {
    if (number == next - 1) {
      return decoder.frame();
    }
    if (number < next) {
      FrameDecoder fresh = FrameDecoder.open(path, limits);
      decoder.close();
      decoder = fresh;
      next = 0;
    }
    while (next <= number) {
      if (!decoder.next()) {
        int found = next;
        next = Integer.MAX_VALUE;
        throw decoder.isDamaged()
            ? SeekingReader.damaged(path, number)
            : VideoFile.noSuchFrame(path, number, found);
      }
      next++;
      if (decoder.isDamaged()) {
        next = Integer.MAX_VALUE;
        throw SeekingReader.damaged(path, number);
      }
    }
    return decoder.frame();
  }

  @Override
  public void close() {
    decoder.close();
  }
}
