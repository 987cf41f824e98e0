package org.peerworks.protocol.sleap.internal.worker;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.peerworks.protocol.sleap.internal.wire.WorkerMessages;

/** Lines of a log that go out in the raw. */
final class LogText {

  /** What clients look for anywhere in a text, not only at its beginning. */
  private static final Pattern NAMES =
      Pattern.compile(
          "("
              + WorkerMessages.names().stream()
                  .filter(name -> !name.equals("CR"))
                  .map(name -> Pattern.quote(name.replace(":", "")))
                  .collect(Collectors.joining("|"))
              + "):");

  private LogText() {}

  /**
   * A line that no client takes for a message, whatever the program printed: where a name of the
   * wire format begins it, or stands in it with a colon, a space comes in between.
   */
  static String raw(String line) {
    String text = line.indexOf(':') < 0 ? line : NAMES.matcher(line).replaceAll("$1 :");
    return WorkerMessages.isNamed(text) ? " " + text : text;
  }
}
