package org.peerworks.lib.account;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a TOML text that is known to be correct: which are headers, which begin a key, to
 * which table they belong.
 */
final class TomlLines {

  /** What a line is. */
  enum Kind {
    /** {@code [table]} or {@code [[table]]}. */
    HEADER,
    /** The first line of a key and its value. */
    KEY,
    /** A further line of a value. */
    MORE,
    /** Blank, or a comment. */
    REMARK
  }

  /**
   * One line.
   *
   * @param text with its line break
   * @param table dotted path of the table that it belongs to; of a header, its own
   * @param key dotted key; empty but for {@link Kind#KEY}
   * @param array whether its table is one of an array
   */
  record Line(String text, Kind kind, String table, String key, boolean array) {}

  private final List<Line> lines = new ArrayList<>();
  private String table = "";
  private boolean array;
  private int depth;
  private String open = "";

  TomlLines(String text) {
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end + 1;
      lines.add(line(text.substring(start, end)));
      start = end;
    }
  }

  List<Line> lines() {
    return lines;
  }

  /**
   * Number of the line, from 0, where something is set.
   *
   * @param index which one of an array of tables
   * @param key empty for the table's header
   * @return negative if it is written in another way
   */
  int find(String path, int index, String key) {
    int seen = -1;
    int header = -1;
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      if (line.kind() == Kind.HEADER && line.table().equals(path)) {
        seen++;
        header = seen <= index ? i : header;
      }
      String full = line.table().isEmpty() ? line.key() : line.table() + "." + line.key();
      boolean here = line.kind() == Kind.KEY && (!line.array() || seen == index);
      if (here
          && (full.equals(key.isEmpty() ? path : path + "." + key)
              || key.isEmpty() && path.startsWith(full + "."))) {
        return i;
      }
    }
    return header;
  }

  private Line line(String text) {
    if (depth > 0 || !open.isEmpty()) {
      value(text, 0);
      return new Line(text, Kind.MORE, table, "", array);
    }
    String bare = text.strip();
    if (bare.isEmpty() || bare.startsWith("#")) {
      return new Line(text, Kind.REMARK, table, "", array);
    }
    int start = text.indexOf(bare.charAt(0));
    if (bare.startsWith("[")) {
      array = bare.startsWith("[[");
      table = name(text, start + (array ? 2 : 1), ']').name();
      return new Line(text, Kind.HEADER, table, "", array);
    }
    Name key = name(text, start, '=');
    value(text, key.end() + 1);
    return new Line(text, Kind.KEY, table, key.name(), array);
  }

  private record Name(String name, int end) {}

  /** A dotted name without quotes and blanks, up to the given character. */
  private static Name name(String text, int start, char until) {
    StringBuilder name = new StringBuilder();
    char quote = 0;
    int i = start;
    for (; i < text.length() && (quote != 0 || text.charAt(i) != until); i++) {
      char c = text.charAt(i);
      if (quote != 0 ? c == quote : c == '"' || c == '\'') {
        quote = quote == 0 ? c : 0;
      } else if (quote != 0 || !Character.isWhitespace(c)) {
        name.append(c);
      }
    }
    return new Name(name.toString(), i);
  }

  /** Follows brackets and strings of a value to the end of the line. */
  private void value(String text, int start) {
    int i = start;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (!open.isEmpty()) {
        if (text.startsWith(open, i)) {
          i += open.length();
          open = "";
        } else {
          i += c == '\\' && open.startsWith("\"") ? 2 : 1;
        }
      } else if (c == '#') {
        return;
      } else if (c == '"' || c == '\'') {
        open =
            text.startsWith(String.valueOf(c).repeat(3), i)
                ? String.valueOf(c).repeat(3)
                : String.valueOf(c);
        i += open.length();
      } else {
        depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
        i++;
      }
    }
  }
}
