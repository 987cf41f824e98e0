package org.peerworks.pose.video;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.peerworks.pose.UserError;

/**
 * Enters a video at the key frame before a frame and decodes forward until it comes. Each frame is
 * recognized by the time at which it is shown, so a seek that lands elsewhere is noticed.
 */
final class SeekingReader implements FrameReader {

  /** Frames that are decoded sooner than a seek is done. */
  private static final int NEAR = 8;

  private static final int TRIES = 3;

  private final Path path;
  private final VideoLimits limits;
  private final FrameIndex index;
  private FrameDecoder decoder;

  /** Number of the frame that the decoder gives next; -1 if unknown. */
  private int next;

  SeekingReader(Path path, VideoLimits limits, FrameIndex index) throws UserError {
    this.path = path;
    this.limits = limits;
    this.index = index;
    decoder = FrameDecoder.open(path, limits);
  }

  @Override
  public int count() {
    return index.count() + index.missing();
  }

  @Override
  public AVFrame go(int number) throws UserError {
    if (number >= index.count()) {
      throw UserError.data(
          "Frame %d of '%s' is missing: the file is cut off after %d of %d frames. Send it again.",
          number, path, index.count(), count());
    }
    if (next > 0 && number == next - 1) {
      return decoder.frame();
    }
    boolean found = isAhead(number) && advance(number) && !decoder.isDamaged();
    found = found || enter(number);
    if (decoder.isDamaged()) {
      next = -1;
      throw damaged(path, number);
    }
    return found ? decoder.frame() : null;
  }

  static UserError damaged(Path path, int number) {
    return UserError.data(
        "Frame %d of '%s' cannot be decoded: the video is damaged there or shortly before. Send it again, or convert it anew.",
        number, path);
  }

  /** Whether decoding on is the best way to a frame. */
  private boolean isAhead(int number) {
    return next >= 0
        && number >= next
        && !decoder.isDamaged()
        && (number - next < NEAR
            || index.keyFrame(index.keyFrameFor(number)).shown() <= index.shown(next));
  }

  private boolean enter(int number) throws UserError {
    int key = index.keyFrameFor(number);
    for (int i = key; i > 0 && i > key - TRIES; i--) {
      if (!decoder.enter(index.keyFrame(i))) {
        break;
      }
      if (advance(number)) {
        return true;
      }
    }
    FrameDecoder fresh = FrameDecoder.open(path, limits);
    decoder.close();
    decoder = fresh;
    return advance(number);
  }

  /** Decodes until a frame comes, or one that is shown after it. */
  private boolean advance(int number) {
    long wanted = index.shown(number);
    while (decoder.next()) {
      long shown = decoder.frame().pts();
      if (shown == wanted) {
        next = number + 1;
        return true;
      }
      if (shown > wanted) {
        break;
      }
    }
    next = -1;
    return false;
  }

  @Override
  public void close() {
    decoder.close();
  }
}
