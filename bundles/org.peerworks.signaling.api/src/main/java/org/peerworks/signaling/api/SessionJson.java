package org.peerworks.signaling.api;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The one JSON object that a session string holds: texts by name (RFC 8259, nothing nested). */
final class SessionJson {

  private static final String PLAIN = "\"\\/bfnrt";
  private static final String ESCAPED = "\"\\/\b\f\n\r\t";

  private final String text;
  private int at;

  private SessionJson(String text) {
    this.text = text;
  }

  /** As Python's {@code json.dumps} does: ASCII only, short escapes where there are any. */
  static String quote(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : value.toCharArray()) {
      int escape = c == '/' ? -1 : ESCAPED.indexOf(c);
      if (escape >= 0) {
        quoted.append('\\').append(PLAIN.charAt(escape));
      } else if (c < 0x20 || c > 0x7e) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  static SessionString parse(String json) {
    Map<String, String> fields = new SessionJson(json).object();
    if (!fields.keySet().containsAll(Set.of("r", "t", "p"))) {
      throw damaged();
    }
    return new SessionString(fields.get("r"), fields.get("t"), fields.get("p"));
  }

  private Map<String, String> object() {
    Map<String, String> fields = new HashMap<>();
    expect('{');
    if (!skip('}')) {
      do {
        String name = string();
        expect(':');
        fields.put(name, string());
      } while (skip(','));
      expect('}');
    }
    spaces();
    if (at < text.length()) {
      throw damaged();
    }
    return fields;
  }

  private String string() {
    StringBuilder value = new StringBuilder();
    expect('"');
    for (char c = next(); c != '"'; c = next()) {
      if (c < 0x20) {
        throw damaged();
      }
      value.append(c == '\\' ? escaped() : c);
    }
    return value.toString();
  }

  private char escaped() {
    char escape = next();
    int plain = PLAIN.indexOf(escape);
    if (plain >= 0) {
      return ESCAPED.charAt(plain);
    }
    if (escape != 'u') {
      throw damaged();
    }
    int code = 0;
    for (int i = 0; i < 4; i++) {
      char c = next();
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw damaged();
      }
      code = code << 4 | digit;
    }
    return (char) code;
  }

  private void expect(char wanted) {
    if (!skip(wanted)) {
      throw damaged();
    }
  }

  /** Whether this was next, after spaces; if so, goes behind it. */
  private boolean skip(char wanted) {
    spaces();
    boolean found = at < text.length() && text.charAt(at) == wanted;
    if (found) {
      at++;
    }
    return found;
  }

  private void spaces() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char next() {
    if (at >= text.length()) {
      throw damaged();
    }
    return text.charAt(at++);
  }

  private static IllegalArgumentException damaged() {
    return new IllegalArgumentException(
        "The session string does not hold room, token and worker; copy it whole from the worker's"
            + " output.");
  }
}
