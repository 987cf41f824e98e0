package org.peerworks.doctor;

import java.util.List;

/** What was found, for people or for programs. */
final class Report {

  private static final int LEVEL_WIDTH = 9;
  private static final int NAME_WIDTH = 18;
  private static final int LEAST_TEXT = 40;

  private final List<Diagnosis> diagnoses;

  Report(List<Diagnosis> diagnoses) {
    this.diagnoses = List.copyOf(diagnoses);
  }

  /** The worst of all. */
  Level level() {
    Level worst = Level.OK;
    for (Diagnosis diagnosis : diagnoses) {
      for (Finding finding : diagnosis.findings()) {
        worst = finding.level().compareTo(worst) > 0 ? finding.level() : worst;
      }
    }
    return worst;
  }

  /**
   * What one check found, for people.
   *
   * @param columns of the terminal; 0 if lines may be of any length
   * @param colours whether the terminal has them
   */
  static String text(Diagnosis diagnosis, int columns, boolean colours) {
    int indent = LEVEL_WIDTH + NAME_WIDTH;
    int width = columns == 0 ? Integer.MAX_VALUE : Math.max(LEAST_TEXT, columns - indent - 1);
    StringBuilder text = new StringBuilder();
    String name = diagnosis.check();
    for (Finding finding : diagnosis.findings()) {
      String level = finding.level().toString();
      text.append(colours ? coloured(finding.level(), level) : level);
      text.append(" ".repeat(LEVEL_WIDTH - level.length()));
      text.append(name).append(" ".repeat(Math.max(1, NAME_WIDTH - name.length())));
      wrap(text, finding.found(), width, " ".repeat(indent));
      if (!finding.mend().isEmpty()) {
        text.append(" ".repeat(indent));
        wrap(text, "→ " + finding.mend(), width, " ".repeat(indent + 2));
      }
      name = "";
    }
    return text.toString();
  }

  private static String coloured(Level level, String word) {
    int colour =
        switch (level) {
          case OK -> 32;
          case NOTE -> 36;
          case WARNING -> 33;
          case ERROR -> 31;
        };
    return "\u001b[" + colour + "m" + word + "\u001b[0m";
  }

  private static void wrap(StringBuilder text, String words, int width, String indent) {
    int column = 0;
    for (String word : words.split(" ")) {
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

  /** How much is wrong, in one sentence. */
  String summary() {
    long errors = count(Level.ERROR);
    long warnings = count(Level.WARNING);
    if (errors + warnings == 0) {
      return "Nothing is wrong.";
    }
    return "Found " + plural(errors, "error") + " and " + plural(warnings, "warning") + ".";
  }

  private static String plural(long number, String word) {
    return number + " " + word + (number == 1 ? "" : "s");
  }

  private long count(Level level) {
    return diagnoses.stream()
        .flatMap(diagnosis -> diagnosis.findings().stream())
        .filter(finding -> finding.level() == level)
        .count();
  }

  /** One object: the worst level, and all findings in order. */
  String json() {
    StringBuilder json = new StringBuilder("{\"level\":\"" + level() + "\",\"findings\":[");
    String comma = "";
    for (Diagnosis diagnosis : diagnoses) {
      for (Finding finding : diagnosis.findings()) {
        json.append(comma).append("{\"check\":").append(quote(diagnosis.check()));
        json.append(",\"level\":\"").append(finding.level());
        json.append("\",\"found\":").append(quote(finding.found()));
        json.append(",\"mend\":").append(quote(finding.mend())).append('}');
        comma = ",";
      }
    }
    return json.append("]}").toString();
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
