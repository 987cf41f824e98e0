package org.peerworks.lib.sleap;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the line that says why a trainer failed: the last {@code ERROR: …}, logged error or last
 * line of a Python traceback. Not thread-safe.
 */
final class ErrorLines {

  private static final int LONGEST = 400;

  private static final Pattern PREFIXED = Pattern.compile("^(?:ERROR|Error|FATAL|CRITICAL): .+");

  /** Loguru's default format: {@code date | LEVEL | module:function:line - message}. */
  private static final Pattern LOGURU =
      Pattern.compile("^\\d{4}-\\d\\d-\\d\\d [\\d:.,]+ +\\| (?:ERROR|CRITICAL) +\\| \\S+ - (.+)");

  /**
   * Python's logging: {@code ERROR:name:message}; Hydra's: {@code [date][name][ERROR] - message}.
   */
  private static final Pattern LOGGING =
      Pattern.compile(
          "^(?:(?:ERROR|CRITICAL):[^:\\s]+:|\\[.{1,80}\\]\\[(?:ERROR|CRITICAL)\\] - )(.+)");

  private static final Pattern EXCEPTION =
      Pattern.compile(
          "^(?:[A-Za-z_]\\w*\\.)*[A-Z]\\w*(?:Error|Exception|Interrupt|Exit|Abort)(?:: .*)?$");

  private static final Pattern ANY_EXCEPTION =
      Pattern.compile("^(?:[A-Za-z_]\\w*\\.)*[A-Z]\\w*(?:: .*)?$");

  private static final Pattern BOXED = Pattern.compile("^│ +(.*?) *│?$");

  private boolean inTraceback;
  private boolean inErrorBox;
  private String error;
  private String last = "";

  /**
   * @param line without terminal sequences
   */
  void accept(String line) {
    if (line.isBlank()) {
      return;
    }
    last = line.strip();
    if (line.startsWith("Traceback (most recent call last)")
        || line.startsWith("╭") && line.contains("Traceback (most recent call last)")) {
      inTraceback = true;
    } else if (line.startsWith("╭─ Error ")) {
      inErrorBox = true;
    } else {
      find(line).ifPresent(found -> error = found);
    }
  }

  private Optional<String> find(String line) {
    if (inErrorBox) {
      Matcher boxed = BOXED.matcher(line);
      inErrorBox = false;
      return boxed.matches() ? Optional.of("Error: " + boxed.group(1)) : Optional.empty();
    }
    boolean outermost = !Character.isWhitespace(line.charAt(0)) && "│╰".indexOf(line.charAt(0)) < 0;
    if (inTraceback && outermost) {
      inTraceback = false;
      if (ANY_EXCEPTION.matcher(line).matches()) {
        return Optional.of(line);
      }
    }
    if (PREFIXED.matcher(line).matches() || EXCEPTION.matcher(line).matches()) {
      return Optional.of(line);
    }
    for (Pattern logged : new Pattern[] {LOGURU, LOGGING}) {
      Matcher matcher = logged.matcher(line);
      if (matcher.matches()) {
        return Optional.of("ERROR: " + matcher.group(1));
      }
    }
    return Optional.empty();
  }

  /** The error line; blank if there was none. At most 400 characters. */
  String error() {
    return error == null ? "" : shortened(error);
  }

  /** The last line that was not blank. At most 400 characters. */
  String lastLine() {
    return shortened(last);
  }

  private static String shortened(String line) {
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
