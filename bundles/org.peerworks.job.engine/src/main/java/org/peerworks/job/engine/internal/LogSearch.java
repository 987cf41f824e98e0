package org.peerworks.job.engine.internal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds lines in logs, which may be long. */
final class LogSearch {

  private LogSearch() {}

  /**
   * The algorithm of Knuth, Morris and Pratt: each byte is read once.
   *
   * @param to offset that the line ends at or before
   * @param line with its line end; it may stand behind what a program left without one
   * @return offset of the first such line from an offset on; -1 if there is none
   */
  static long line(Path file, long from, long to, byte[] line) throws IOException {
    int[] borders = borders(line);
    try (var channel = Files.newByteChannel(file).position(from);
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16)) {
      int fits = 0;
      for (long at = from; at < to; at++) {
        int next = in.read();
        if (next < 0) {
          return -1;
        }
        fits = longer(line, borders, fits, (byte) next);
        if (fits == line.length) {
          return at + 1 - line.length;
        }
      }
      return -1;
    }
  }

  /** For each length, the longest begin of the line that is an end of its first bytes too. */
  private static int[] borders(byte[] line) {
    int[] borders = new int[line.length + 1];
    for (int i = 1; i < line.length; i++) {
      borders[i + 1] = longer(line, borders, borders[i], line[i]);
    }
    return borders;
  }

  private static int longer(byte[] line, int[] borders, int fits, byte next) {
    int length = fits;
    while (length > 0 && line[length] != next) {
      length = borders[length];
    }
    return line[length] == next ? length + 1 : 0;
  }
}
