package org.peerworks.health.shell;

import java.util.List;
import java.util.Locale;
import org.peerworks.health.api.CheckResult;
import org.peerworks.health.api.Finding;
import org.peerworks.health.api.Level;

/** What was found as a table for people, in which nothing is cut: long texts are wrapped. */
final class CheckText {

  private static final int LEVEL_WIDTH = 9;
  private static final int NAME_WIDTH = 16;
  private static final int LEAST_TEXT = 40;

  private CheckText() {}

  /**
   * @param columns of the terminal
   */
  static String of(List<CheckResult> results, int columns) {
    int indent = LEVEL_WIDTH + NAME_WIDTH;
    int width = Math.max(LEAST_TEXT, columns - indent - 1);
    StringBuilder text = new StringBuilder();
    for (CheckResult result : results) {
      String name = result.name();
      for (Finding finding : result.findings()) {
        text.append(pad(finding.level().name().toLowerCase(Locale.ROOT), LEVEL_WIDTH));
        text.append(pad(name, NAME_WIDTH));
        wrap(text, finding.found(), width, " ".repeat(indent));
        if (!finding.mend().isEmpty()) {
          text.append(" ".repeat(indent));
          wrap(text, "→ " + finding.mend(), width, " ".repeat(indent + 2));
        }
        name = "";
      }
    }
    return text.toString();
  }

  /** How much is wrong, in one sentence. */
  static String summary(List<CheckResult> results) {
    long errors = count(results, Level.ERROR);
    long warnings = count(results, Level.WARNING);
    return errors + warnings == 0
        ? "Nothing is wrong."
        : "Found " + plural(errors, "error") + " and " + plural(warnings, "warning") + ".";
  }

  private static long count(List<CheckResult> results, Level level) {
    return results.stream()
        .flatMap(result -> result.findings().stream())
        .filter(finding -> finding.level() == level)
        .count();
  }

  private static String plural(long number, String word) {
    return number + " " + word + (number == 1 ? "" : "s");
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  private static void wrap(StringBuilder text, String words, int width, String indent) {
    int column = 0;
    for (String word : words.replaceAll("\\p{Cntrl}+", " ").split(" ")) {
      if (column > 0 && column + 1 + word.length() > width) {
        text.append('\n').append(indent);
        column = 0;
      } else if (column > 0) {
        text.append(' ');
        column++;
      }
      text.append(word);
      column += word.length();
    }
    text.append('\n');
  }
}
