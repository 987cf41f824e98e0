package org.peerworks.job.engine.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts bytes into lines. A line ends in {@code \n}, {@code \r} or {@code \r\n}; one that is longer
 * than 8 KiB is delivered in parts, cut between characters.
 */
final class LineSplitter {

  static final int MAX_LINE = 8 * 1024;

  private final Consumer<String> lines;
  private final byte[] line = new byte[MAX_LINE];
  private int length;
  private boolean afterReturn;

  LineSplitter(Consumer<String> lines) {
    this.lines = lines;
  }

  void add(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      byte b = bytes.get();
      if (b == '\n') {
        if (!afterReturn) {
          deliver(length);
        }
      } else if (b == '\r') {
        deliver(length);
      } else {
        if (length == MAX_LINE) {
          deliver(wholeCharacters());
        }
        line[length++] = b;
      }
      afterReturn = b == '\r';
    }
  }

  /** Delivers a last line that has no end. */
  void end() {
    if (length > 0) {
      deliver(length);
    }
  }

  private void deliver(int count) {
    String text = new String(line, 0, count, StandardCharsets.UTF_8);
    byte[] rest = Arrays.copyOfRange(line, count, length);
    System.arraycopy(rest, 0, line, 0, rest.length);
    length = rest.length;
    lines.accept(text);
  }

  /** Where the last character begins, if more of its bytes may follow. */
  private int wholeCharacters() {
    int start = length;
    while (start > length - 4 && (line[start - 1] & 0xC0) == 0x80) {
      start--;
    }
    boolean lead = (line[start - 1] & 0xC0) == 0xC0;
    return lead ? start - 1 : length;
  }
}
