package org.peerworks.job.engine.internal;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * The newest reports that wait for one listener; who does not keep up misses the oldest ones.
 * Thread-safe.
 */
final class ReportGate {

  /** A report, and when it came. */
  record Report(Instant time, String json) {}

  /** Bytes of one report, as UTF-8. */
  static final int LONGEST = 16 << 10;

  private static final int DEEPEST = 16;
  private static final int MOST_WAITING = 64;

  private static final ObjectMapper SHALLOW =
      Json.reader(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());

  private final Queue<Report> waiting = new ArrayDeque<>();

  /**
   * @param what has the fields, for messages: {@code The fields of a report}
   * @throws IllegalArgumentException if it is no JSON object, or too long
   */
  static void require(String what, String json) {
    if (json.length() > LONGEST || json.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw new IllegalArgumentException(
          what + " may have at most " + LONGEST + " bytes as UTF-8 text.");
    }
    Json.object(SHALLOW, what, json);
  }

  synchronized void add(Report report) {
    if (waiting.size() == MOST_WAITING) {
      waiting.remove();
    }
    waiting.add(report);
  }

  synchronized Optional<Report> next() {
    return Optional.ofNullable(waiting.poll());
  }
}
