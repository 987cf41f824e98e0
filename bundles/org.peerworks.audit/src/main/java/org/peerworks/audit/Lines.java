package org.peerworks.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file line by line; a line that is longer than any of ours is cut. */
final class Lines implements AutoCloseable {

  private static final int LONGEST = 128 << 10;

  private final InputStream in;
  private long end;

  Lines(Path file) throws IOException {
    this.in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
  }

  /**
   * The next line that has an end.
   *
   * @return without its end; null if there is no more
   */
  String next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    long length = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      length++;
      if (b == '\n') {
        end += length;
        return line.toString(StandardCharsets.UTF_8);
      }
      if (line.size() < LONGEST) {
        line.write(b);
      }
    }
    return null;
  }

  /** Position behind the last line that was given. */
  long end() {
    return end;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
