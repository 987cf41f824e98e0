package org.peerworks.lib.sleap;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a script into lines of words as a POSIX shell would ("Shell Command Language", §2.2 and
 * §2.3), but does nothing else that a shell does: what would be expanded, redirected or joined is
 * refused.
 */
final class ScriptWords {

  /**
   * @param number of the first line, from 1
   * @param assigns whether a shell would take the first word for an assignment
   */
  record Line(int number, List<String> words, boolean assigns) {}

  private static final int MOST_WORDS = 1000;
  private static final String OPERATORS = "|&;<>()";

  private final String name;
  private final String text;
  private final List<Line> lines = new ArrayList<>();
  private int position;
  private int lineNumber = 1;

  private List<String> words = new ArrayList<>();
  private int firstLine;
  private boolean assigns;
  private StringBuilder word;
  private boolean bare;

  /** Whether the word has an equals sign. */
  private boolean equals;

  private ScriptWords(String name, String text) {
    this.name = name;
    this.text = text;
  }

  static List<Line> split(String name, String text) throws PackageException {
    return new ScriptWords(name, text.replace("\r\n", "\n")).split();
  }

  private List<Line> split() throws PackageException {
    while (position < text.length()) {
      char c = text.charAt(position++);
      switch (c) {
        case '\n' -> endLine();
        case ' ', '\t' -> endWord();
        case '#' -> hash();
        case '\\' -> escape();
        case '\'' -> singleQuoted();
        case '"' -> doubleQuoted();
        default -> bare(c);
      }
    }
    endLine();
    return lines;
  }

  private void endLine() {
    endWord();
    if (!words.isEmpty()) {
      lines.add(new Line(firstLine, List.copyOf(words), assigns));
      words = new ArrayList<>();
      assigns = false;
    }
    lineNumber++;
  }

  private void endWord() {
    if (word == null) {
      return;
    }
    if (words.isEmpty()) {
      assigns = bare && word.toString().matches("[A-Za-z_][A-Za-z0-9_]*\\+?=(?s:.*)");
    }
    words.add(word.toString());
    word = null;
  }

  private StringBuilder word() throws PackageException {
    if (word == null) {
      word = new StringBuilder();
      bare = true;
      equals = false;
      if (words.isEmpty()) {
        firstLine = lineNumber;
      }
      if (words.size() == MOST_WORDS) {
        throw refused("has more than " + MOST_WORDS + " words");
      }
    }
    return word;
  }

  private void hash() throws PackageException {
    if (word != null) {
      word.append('#');
      return;
    }
    int end = text.indexOf('\n', position);
    position = end < 0 ? text.length() : end;
  }

  private void escape() throws PackageException {
    if (position == text.length()) {
      throw refused("ends in a backslash with nothing after it");
    }
    char next = text.charAt(position++);
    if (next == '\n') {
      lineNumber++;
      return;
    }
    StringBuilder target = word();
    bare = bare && equals;
    append(target, next);
  }

  private void singleQuoted() throws PackageException {
    StringBuilder target = startQuote();
    while (true) {
      char c = quoted();
      if (c == '\'') {
        return;
      }
      append(target, c);
    }
  }

  private void doubleQuoted() throws PackageException {
    StringBuilder target = startQuote();
    while (true) {
      char c = quoted();
      switch (c) {
        case '"' -> {
          return;
        }
        case '$', '`' -> throw expanded(c);
        case '\\' -> escapeInQuotes(target);
        default -> append(target, c);
      }
    }
  }

  private void escapeInQuotes(StringBuilder target) throws PackageException {
    if (position < text.length() && text.charAt(position) == '\n') {
      position++;
      lineNumber++;
      return;
    }
    char next = quoted();
    if ("$`\"\\".indexOf(next) < 0) {
      target.append('\\');
    }
    append(target, next);
  }

  private StringBuilder startQuote() throws PackageException {
    StringBuilder target = word();
    bare = bare && equals;
    return target;
  }

  private char quoted() throws PackageException {
    if (position == text.length() || text.charAt(position) == '\n') {
      throw refused("has a quote that is not closed on its line");
    }
    return text.charAt(position++);
  }

  private void bare(char c) throws PackageException {
    if (OPERATORS.indexOf(c) >= 0) {
      throw refused("uses '" + c + "'; write one command to a line, or quote it");
    }
    StringBuilder target = word();
    int length = target.length();
    switch (c) {
      case '$', '`' -> throw expanded(c);
      case '*', '?', '{', '}' -> throw refused("uses the pattern '" + c + "'; write names in full");
      case '[', ']' -> {
        if (!equals) {
          throw refused("uses the pattern '" + c + "'; write names in full");
        }
      }
      case '~' -> {
        if (length == 0 || "=:".indexOf(target.charAt(length - 1)) >= 0) {
          throw refused("uses '~'; paths are relative to the package");
        }
      }
      default -> {}
    }
    append(target, c);
  }

  private void append(StringBuilder target, char c) throws PackageException {
    target.append(visible(c));
    equals |= c == '=';
  }

  private char visible(char c) throws PackageException {
    if (Character.isISOControl(c) && c != '\t') {
      throw refused(String.format("has the control character U+%04X", (int) c));
    }
    return c;
  }

  private PackageException expanded(char c) {
    return refused("uses '" + c + "'; variables and commands in words are not expanded");
  }

  private PackageException refused(String why) {
    return new PackageException(
        "Line %d of %s %s: %s"
            .formatted(lineNumber, Shown.quoted(name), why, Shown.quoted(currentLine())));
  }

  private String currentLine() {
    int at = Math.min(position, text.length()) - 1;
    int start = at <= 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
    int end = text.indexOf('\n', Math.max(start, at));
    return text.substring(start, end < 0 ? text.length() : end).strip();
  }
}
