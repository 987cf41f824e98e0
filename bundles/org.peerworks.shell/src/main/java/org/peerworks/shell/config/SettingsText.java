package org.peerworks.shell.config;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** The text of a {@code .cfg} file (Java properties); comments stay where they are. */
final class SettingsText {

  private SettingsText() {}

  /** Its values by key. */
  static Map<String, String> values(String text) throws IOException {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IllegalArgumentException e) {
      throw new IOException("The file is no properties file: " + e.getMessage(), e);
    }
    Map<String, String> values = new TreeMap<>();
    properties
        .stringPropertyNames()
        .forEach(key -> values.put(key, properties.getProperty(key).strip()));
    return values;
  }

  /**
   * A text with another value for a key.
   *
   * @param value empty to take the key away
   */
  static String with(String text, String key, Optional<String> value) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean written = value.isEmpty();
    List<String> rest = text.lines().toList();
    for (int i = 0; i < rest.size(); i++) {
      int end = i;
      while (continues(rest.get(end)) && end + 1 < rest.size()) {
        end++;
      }
      List<String> logical = rest.subList(i, end + 1);
      if (!values(String.join("\n", logical)).containsKey(key)) {
        lines.addAll(logical);
      } else if (!written) {
        lines.add(line(key, value.get()));
        written = true;
      }
      i = end;
    }
    if (!written) {
      lines.add(line(key, value.get()));
    }
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private static boolean continues(String line) {
    String start = line.stripLeading();
    if (start.startsWith("#") || start.startsWith("!")) {
      return false;
    }
    int slashes = 0;
    while (slashes < line.length() && line.charAt(line.length() - 1 - slashes) == '\\') {
      slashes++;
    }
    return slashes % 2 == 1;
  }

  private static String line(String key, String value) {
    String escaped =
        value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
    return key + " = " + escaped;
  }
}
