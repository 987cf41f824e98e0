package org.peerworks.job.train;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.Shown;

/** Values of overrides in the grammar of Hydra 1.3 ("The Override Grammar"), as far as needed. */
final class HydraValue {

  private HydraValue() {}

  /**
   * A text as one value that Hydra, and a reader of YAML, reads back as the same text.
   *
   * @throws PackageException if there is no such value
   */
  static String text(String text) throws PackageException {
    if (text.contains("${") || text.chars().anyMatch(c -> c == '\\' || Character.isISOControl(c))) {
      throw new PackageException(
          "The name %s cannot be passed to the trainer; rename the file."
              .formatted(Shown.quoted(text)));
    }
    if (text.matches("[A-Za-z_./][A-Za-z0-9_./-]*") && !isKeyword(text)) {
      return text;
    }
    return text.contains("'") ? "\"" + text.replace("\"", "\\\"") + "\"" : "'" + text + "'";
  }

  static String list(List<String> texts) throws PackageException {
    StringJoiner list = new StringJoiner(",", "[", "]");
    for (String text : texts) {
      list.add(text(text));
    }
    return list.toString();
  }

  /**
   * The plain texts in a value: one for a scalar, several for a list at any depth, or a sweep.
   *
   * @throws PackageException if the value is more than that: a dictionary, a function, a reference
   */
  static List<String> scalars(String key, String value) throws PackageException {
    if (value.contains("${") || value.indexOf('\\') >= 0) {
      throw refused(key, value);
    }
    List<String> scalars = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    char quote = 0;
    for (char c : value.toCharArray()) {
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          current.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if ("{}()".indexOf(c) >= 0) {
        throw refused(key, value);
      } else if ("[],".indexOf(c) >= 0) {
        add(scalars, current);
      } else {
        current.append(c);
      }
    }
    if (quote != 0) {
      throw refused(key, value);
    }
    add(scalars, current);
    return scalars;
  }

  private static void add(List<String> scalars, StringBuilder current) {
    String scalar = current.toString().strip();
    current.setLength(0);
    if (!scalar.isEmpty()) {
      scalars.add(scalar);
    }
  }

  static boolean isNull(String scalar) {
    return scalar.isBlank() || scalar.equalsIgnoreCase("null") || scalar.equals("None");
  }

  private static boolean isKeyword(String text) {
    return text.matches("(?i)true|false|null|inf|nan|\\.*");
  }

  private static PackageException refused(String key, String value) {
    return new PackageException(
        "The override of '%s' has a value that is not understood: %s. Use a plain value or a list."
            .formatted(key, Shown.quoted(value)));
  }
}
