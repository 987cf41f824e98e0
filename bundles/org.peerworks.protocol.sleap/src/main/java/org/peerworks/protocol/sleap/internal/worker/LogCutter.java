package org.peerworks.protocol.sleap.internal.worker;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Cuts a log into lines, and into redraws of a progress bar: what ends in a carriage return is
 * drawn over by what comes next. Not thread-safe.
 */
final class LogCutter {

  /** Longest line in characters; longer ones are cut into several. */
  static final int LONGEST = 4096;

  /** Takes what is cut. */
  interface Target {

    /**
     * @param line without its end
     * @param redraw whether it will be drawn over
     */
    void line(String line, boolean redraw);
  }

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final StringBuilder line = new StringBuilder();
  private byte[] rest = {};
  private boolean afterReturn;

  void add(ByteBuffer chunk, Target target) {
    ByteBuffer bytes = ByteBuffer.allocate(rest.length + chunk.remaining());
    bytes.put(rest).put(chunk.duplicate()).flip();
    CharBuffer chars = CharBuffer.allocate(bytes.remaining() + 1);
    decoder.decode(bytes, chars, false);
    rest = new byte[bytes.remaining()];
    bytes.get(rest);
    chars.flip();
    while (chars.hasRemaining()) {
      add(chars.get(), target);
    }
  }

  private void add(char c, Target target) {
    if (afterReturn) {
      afterReturn = false;
      if (c == '\n') {
        flush(target, false);
        return;
      }
      flush(target, true);
    }
    if (c == '\n') {
      flush(target, false);
    } else if (c == '\r') {
      afterReturn = true;
    } else {
      line.append(c);
      if (line.length() >= LONGEST && !Character.isHighSurrogate(c)) {
        flush(target, false);
      }
    }
  }

  /** Hands out what the log ends with. */
  void end(Target target) {
    if (rest.length > 0) {
      line.append('\uFFFD');
      rest = new byte[0];
    }
    if (line.length() > 0) {
      flush(target, afterReturn);
    }
    afterReturn = false;
  }

  private void flush(Target target, boolean redraw) {
    String text = line.toString();
    line.setLength(0);
    // tqdm begins its first bar with a return as well; there is nothing to draw over yet.
    if (!redraw || !text.isBlank()) {
      target.line(text, redraw);
    }
  }
}
