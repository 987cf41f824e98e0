package org.peerworks.cli.job;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Makes lines of the bytes of a log. Of a line that was overwritten with carriage returns, as
 * progress bars are, the last text counts. Thread-safe.
 */
final class LogText {

  static final int MAX_LINE = 16 * 1024;

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final StringBuilder line = new StringBuilder();
  private final Consumer<String> lines;
  private byte[] rest = new byte[0];
  private boolean ended;

  LogText(Consumer<String> lines) {
    this.lines = lines;
  }

  synchronized void accept(ByteBuffer chunk) {
    if (ended) {
      return;
    }
    ByteBuffer bytes = ByteBuffer.allocate(rest.length + chunk.remaining());
    bytes.put(rest).put(chunk).flip();
    CharBuffer text = CharBuffer.allocate(bytes.remaining() + 1);
    decoder.decode(bytes, text, false);
    rest = new byte[bytes.remaining()];
    bytes.get(rest);
    append(text.flip());
  }

  /** Delivers a last line that has no end; what comes later is left out. */
  synchronized void end() {
    if (ended) {
      return;
    }
    ended = true;
    CharBuffer text = CharBuffer.allocate(rest.length + 1);
    decoder.decode(ByteBuffer.wrap(rest), text, true);
    decoder.flush(text);
    rest = new byte[0];
    append(text.flip());
    if (!line.isEmpty()) {
      deliver();
    }
  }

  private void append(CharBuffer text) {
    while (text.hasRemaining()) {
      char c = text.get();
      if (c == '\n') {
        deliver();
      } else {
        line.append(c);
        if (line.length() >= MAX_LINE) {
          deliver();
        }
      }
    }
  }

  private void deliver() {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == '\r') {
      end--;
    }
    int start = line.lastIndexOf("\r", end - 1) + 1;
    lines.accept(line.substring(Math.min(start, end), end));
    line.setLength(0);
  }
}
