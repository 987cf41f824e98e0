package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which part of a job's log is a step's, kept beside the step's directory. */
final class StepSpan {

  private final Path start;
  private final Path end;

  StepSpan(Path step) {
    this.start = step.resolveSibling(step.getFileName() + ".start");
    this.end = step.resolveSibling(step.getFileName() + ".end");
  }

  /** Before the program is started. */
  void begins(long offset) throws IOException {
    Files.writeString(start, Long.toString(offset), StandardCharsets.US_ASCII);
  }

  /** Once the program is gone, and all that it said was read. */
  void ends(long offset) throws IOException {
    Files.writeString(end, Long.toString(offset), StandardCharsets.US_ASCII);
  }

  long start() throws IOException {
    return read(start, 0);
  }

  /** No step was begun after one whose end is not known. */
  long end() throws IOException {
    return read(end, Long.MAX_VALUE);
  }

  private static long read(Path file, long otherwise) throws IOException {
    if (!Files.exists(file)) {
      return otherwise;
    }
    String text = Files.readString(file);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) { // cut off by a loss of power, so nothing came after it
      return otherwise;
    }
  }
}
