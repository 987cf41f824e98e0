package org.peerworks.shell.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads what settings shall be. */
final class Assignments {

  private Assignments() {}

  /** {@code KEY=VALUE} each; Gogo hands {@code =} on as a word of its own where it has blanks. */
  static Map<String, String> of(String... words) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals > 0) {
        values.put(words[i].substring(0, equals), words[i].substring(equals + 1).strip());
      } else if (i + 2 < words.length && words[i + 1].equals("=")) {
        values.put(words[i], words[i + 2].strip());
        i += 2;
      } else {
        throw new IllegalArgumentException(
            "KEY=VALUE was expected, not '" + words[i].replaceAll("=.*", "") + "'.");
      }
    }
    if (values.isEmpty()) {
      throw new IllegalArgumentException("Which setting? KEY=VALUE was expected.");
    }
    return values;
  }
}
