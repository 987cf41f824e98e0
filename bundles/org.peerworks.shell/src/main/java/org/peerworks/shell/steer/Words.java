package org.peerworks.shell.steer;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a line. Blanks part them; in single quotes everything stands for itself, in double
 * quotes all but a backslash, which makes the next character stand for itself.
 *
 * @param plain whether a command and its arguments is all that the line is: no word of it is a
 *     variable, a pipe, a closure, a list or another part of Gogo's language
 */
record Words(List<String> words, boolean plain) {

  private static final String SPECIAL = "$|;&<>(){}[]`\n\r";

  /**
   * @throws IllegalArgumentException if a quote has no end
   */
  static Words of(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    boolean plain = true;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote == 0 && Character.isWhitespace(c) && c != '\n' && c != '\r') {
        if (word != null) {
          words.add(word.toString());
        }
        word = null;
        continue;
      }
      if (word == null && quote == 0 && c == '#') {
        break;
      }
      word = word == null ? new StringBuilder() : word;
      if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
      } else {
        plain &= quote == '\'' || SPECIAL.indexOf(c) < 0 || quote == '"' && c != '$' && c != '`';
        word.append(c);
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("The quote " + quote + " has no end.");
    }
    if (word != null) {
      words.add(word.toString());
    }
    return new Words(List.copyOf(words), plain);
  }
}
