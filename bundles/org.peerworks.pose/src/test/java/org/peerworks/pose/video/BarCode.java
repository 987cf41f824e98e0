package org.peerworks.pose.video;

import org.peerworks.pose.image.Raster;

/** Frames that carry their number as black and white blocks, which survive any codec. */
final class BarCode {

  static final int WIDTH = 128;
  static final int HEIGHT = 64;

  private static final int BLOCK = 16;
  private static final int BITS = 16;

  private BarCode() {}

  /** Brightness of a pixel of a frame. */
  static int luma(int number, int x, int y) {
    int bit = y / BLOCK * (WIDTH / BLOCK) + x / BLOCK;
    return bit < BITS ? (number >> bit & 1) == 1 ? 235 : 16 : 16 + (number * 7 + x) % 64;
  }

  /** The number that a frame carries. */
  static int number(Raster frame) {
    int number = 0;
    for (int bit = 0; bit < BITS; bit++) {
      int x = bit % (WIDTH / BLOCK) * BLOCK + BLOCK / 2;
      int y = bit / (WIDTH / BLOCK) * BLOCK + BLOCK / 2;
      number |= frame.data()[y * frame.width() + x] > 0.5f ? 1 << bit : 0;
    }
    return number;
  }
}
