package org.peerworks.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A secret on standard input, where nobody else on the machine sees it. */
final class FirstLine {

  private static final int LONGEST = 64 << 10;

  private FirstLine() {}

  /**
   * Reads up to the end of the first line, and nothing behind it.
   *
   * @param what for messages, for example {@code session string}
   */
  static String of(InputStream in, String what) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        if (line.size() >= LONGEST) {
          throw new UsageException(
              "The first line of standard input is too long for a " + what + ".");
        }
        line.write(next);
      }
    } catch (IOException e) {
      throw new UsageException("Standard input cannot be read: " + e.getMessage());
    }
    String text = line.toString(StandardCharsets.UTF_8).strip();
    if (text.isEmpty()) {
      throw new UsageException(
          "The first line of standard input should be a " + what + ", but is empty.");
    }
    return text;
  }
}
