package org.peerworks.pose.video;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.peerworks.pose.UserError;

/** Goes to a frame by its number. Owns native memory until it is closed. Not thread-safe. */
interface FrameReader extends AutoCloseable {

  /** Number of frames; those that are announced but cut off among them. */
  int count() throws UserError;

  /**
   * Decodes a frame.
   *
   * @return valid until the next call; null if the order of the frames is not what the container
   *     told
   * @throws UserError if the frame is damaged, or there is none of that number
   */
  AVFrame go(int number) throws UserError;

  @Override
  void close();
}
