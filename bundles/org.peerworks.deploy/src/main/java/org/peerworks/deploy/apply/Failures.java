package org.peerworks.deploy.apply;

/** Stack traces as one line. */
final class Failures {

  private static final String CAUSE = "Caused by: ";

  private Failures() {}

  /** The first line and the last cause of a printed stack trace. */
  static String words(String trace) {
    if (trace == null || trace.isBlank()) {
      return "it does not say why; the worker's log does";
    }
    String first = trace.lines().findFirst().orElse("").strip();
    String cause =
        trace
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith(CAUSE))
            .reduce((a, b) -> b)
            .map(line -> line.substring(CAUSE.length()))
            .orElse("");
    return cause.isEmpty() || first.contains(cause) ? first : first + ": " + cause;
  }
}
