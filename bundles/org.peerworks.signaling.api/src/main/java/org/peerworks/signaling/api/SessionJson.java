package org.peerworks.signaling.api;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one JSON object that a session string holds: three texts. */
final class SessionJson {

  private static final String TEXT =
      "\"((?:[^\"\\\\\\x00-\\x1f]|\\\\[\"\\\\/bfnrt]|\\\\u[0-9a-fA-F]{4})*)\"";
  private static final Pattern FIELD =
      Pattern.compile("\\s*" + TEXT + "\\s*:\\s*" + TEXT + "\\s*(,|$)");

  private SessionJson() {}

  static String quote(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : value.toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20 || c > 0x7e) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  static SessionString parse(String json) {
    String text = json.strip();
    if (!text.startsWith("{") || !text.endsWith("}")) {
      throw damaged();
    }
    String body = text.substring(1, text.length() - 1).strip();
    Map<String, String> fields = new HashMap<>();
    Matcher matcher = FIELD.matcher(body);
    int at = 0;
    while (at < body.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw damaged();
      }
      fields.put(unquote(matcher.group(1)), unquote(matcher.group(2)));
      at = matcher.end();
    }
    if (!fields.keySet().containsAll(Set.of("r", "t", "p"))) {
      throw damaged();
    }
    return new SessionString(fields.get("r"), fields.get("t"), fields.get("p"));
  }

  private static String unquote(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        plain.append(c);
        continue;
      }
      char escape = text.charAt(++i);
      switch (escape) {
        case 'b' -> plain.append('\b');
        case 'f' -> plain.append('\f');
        case 'n' -> plain.append('\n');
        case 'r' -> plain.append('\r');
        case 't' -> plain.append('\t');
        case 'u' -> {
          plain.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
          i += 4;
        }
        default -> plain.append(escape);
      }
    }
    return plain.toString();
  }

  private static IllegalArgumentException damaged() {
    return new IllegalArgumentException(
        "The session string does not hold room, token and worker; copy it whole from the worker's output.");
  }
}
