package org.peerworks.lib.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.peerworks.lib.account.TomlLines.Kind;
import org.peerworks.lib.account.TomlLines.Line;

/**
 * Puts tables of an array into a TOML text, and takes them out. All other lines stay as they are.
 */
final class TomlEdit {

  private TomlEdit() {}

  /** The text with one more table: after the last one of the array, else at the end. */
  static String append(String text, String path, Map<String, String> entry) {
    List<Line> lines = new TomlLines(text).lines();
    String end = text.contains("\r\n") ? "\r\n" : "\n";
    int last = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).kind() != Kind.REMARK && within(lines.get(i).table(), path)) {
        last = i;
      }
    }
    int at = last < 0 ? lines.size() : last + 1;
    StringBuilder added = new StringBuilder(at == 0 ? "" : end);
    added.append("[[").append(path).append("]]").append(end);
    entry.forEach(
        (key, value) -> added.append(key).append(" = ").append(quoted(value)).append(end));
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < at; i++) {
      all.append(lines.get(i).text());
    }
    if (at > 0 && !lines.get(at - 1).text().endsWith("\n")) {
      all.append(end);
    }
    all.append(added);
    for (int i = at; i < lines.size(); i++) {
      all.append(lines.get(i).text());
    }
    return all.toString();
  }

  /** The text without one table of an array; the remarks around it stay. */
  static String remove(String text, String path, int index) {
    List<String> kept = new ArrayList<>();
    int seen = -1;
    int cut = -1;
    boolean gone = false;
    for (Line line : new TomlLines(text).lines()) {
      if (line.kind() == Kind.HEADER) {
        seen += line.table().equals(path) ? 1 : 0;
        gone = seen == index && within(line.table(), path);
        cut = gone && cut < 0 ? kept.size() : cut;
      }
      if (!gone || line.kind() == Kind.REMARK) {
        kept.add(line.text());
      }
    }
    if (cut > 0 && kept.get(cut - 1).isBlank() && (cut == kept.size() || kept.get(cut).isBlank())) {
      kept.remove(cut - 1);
    }
    return String.join("", kept);
  }

  private static boolean within(String table, String path) {
    return table.equals(path) || table.startsWith(path + ".");
  }

  /** A basic string (TOML 1.0). */
  static String quoted(String value) {
    StringBuilder text = new StringBuilder("\"");
    for (char c : value.toCharArray()) {
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < 0x20 || c == 0x7f) {
        text.append(String.format("\\u%04X", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.append('"').toString();
  }
}
