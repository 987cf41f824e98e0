package org.peerworks.protocol.sleap.internal.client;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes the one line of a training configuration (sleap-nn's YAML) that a worker of a package
 * does not change by itself: where the labels are. All else stays as it was typed.
 */
final class ConfigText {

  private static final Pattern KEY = Pattern.compile("^(\\s*)train_labels_path\\s*:(.*)$");
  private static final Pattern BLOCK = Pattern.compile("^data_config\\s*:\\s*(#.*)?$");

  private ConfigText() {}

  /**
   * @param labels plain file name, beside the configuration
   */
  static String withLabels(String yaml, String labels) {
    List<String> result = new ArrayList<>();
    String value = "train_labels_path: [\"" + labels + "\"]";
    boolean written = false;
    int skipBelow = -1;
    for (String line : yaml.lines().toList()) {
      int indent = line.length() - line.stripLeading().length();
      if (skipBelow >= 0) {
        boolean item = line.strip().startsWith("-") && indent >= skipBelow;
        if (item || line.isBlank() || indent > skipBelow) {
          continue;
        }
        skipBelow = -1;
      }
      Matcher key = KEY.matcher(line);
      if (key.matches()) {
        result.add(key.group(1) + value);
        written = true;
        skipBelow = indent;
      } else {
        result.add(line);
      }
    }
    if (!written) {
      insert(result, value);
    }
    return String.join("\n", result) + "\n";
  }

  private static void insert(List<String> lines, String value) {
    for (int i = 0; i < lines.size(); i++) {
      if (BLOCK.matcher(lines.get(i)).matches()) {
        String next = i + 1 < lines.size() ? lines.get(i + 1) : "";
        int indent = next.length() - next.stripLeading().length();
        lines.add(i + 1, " ".repeat(indent == 0 ? 2 : indent) + value);
        return;
      }
    }
    lines.add("data_config:");
    lines.add("  " + value);
  }
}
