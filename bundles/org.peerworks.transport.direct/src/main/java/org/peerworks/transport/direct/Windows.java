package org.peerworks.transport.direct;

/**
 * Shares out the memory for what is received and not taken yet, on one connection, among its
 * channels. Thread-safe.
 */
final class Windows {

  /** What a channel gets at least: the largest message twice. */
  static final int LEAST = 2 * Frames.cost(Frames.LARGEST_MESSAGE);

  private static final int MOST = 8 << 20;

  private final int maxChannels;
  private long left;
  private int channels;

  /**
   * @param bytes at least {@link #LEAST} for each channel
   */
  Windows(long bytes, int maxChannels) {
    this.left = bytes;
    this.maxChannels = maxChannels;
  }

  /**
   * What one more channel gets: first ones more than later ones, so that each gets something.
   *
   * @return 0 if there is nothing left
   */
  synchronized int take() {
    if (left < LEAST || channels >= maxChannels) {
      return 0;
    }
    long spare = left - (long) LEAST * (maxChannels - channels);
    int window = (int) Math.min(MOST, LEAST + Math.max(0, spare / 4));
    left -= window;
    channels++;
    return window;
  }

  /** A channel is closed, and nothing of it waits any more. */
  synchronized void give(int window) {
    left += window;
    channels--;
  }

  synchronized long left() {
    return left;
  }
}
