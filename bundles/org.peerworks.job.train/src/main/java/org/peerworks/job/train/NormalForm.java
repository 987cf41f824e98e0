package org.peerworks.job.train;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.Shown;

/**
 * Settings written such that readers of YAML 1.1 and of YAML 1.2 find the same: ASCII, every text
 * in double quotes, no comments, anchors, tags or directives.
 */
final class NormalForm {

  private final String name;
  private final int most;
  private final StringBuilder out = new StringBuilder();

  private NormalForm(String name, int most) {
    this.name = name;
    this.most = most;
  }

  /**
   * @param name the configuration's, for messages
   * @param most characters that may come of it
   */
  static String of(String name, Map<?, ?> settings, int most) throws PackageException {
    NormalForm form = new NormalForm(name, most);
    form.value(settings, 0);
    return form.out.append('\n').toString();
  }

  private void value(Object value, int depth) throws PackageException {
    if (value instanceof Map<?, ?> section) {
      String before = "{";
      for (Map.Entry<?, ?> entry : section.entrySet()) {
        out.append(before).append('\n').append(" ".repeat(depth + 1));
        scalar(entry.getKey());
        out.append(": ");
        value(entry.getValue(), depth + 1);
        before = ",";
      }
      out.append(section.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> items) {
      out.append('[');
      String before = "";
      for (Object item : items) {
        out.append(before);
        value(item, depth + 1);
        before = ", ";
      }
      out.append(']');
    } else {
      scalar(value);
    }
    if (out.length() >= most) {
      throw new PackageException(
          "The configuration " + Shown.quoted(name) + " is too large, written out.");
    }
  }

  private void scalar(Object value) throws PackageException {
    if (value instanceof String text) {
      text(text);
    } else if (value instanceof Double number) {
      number(number);
    } else if (value == null
        || value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long
        || value instanceof BigInteger) {
      out.append(value);
    } else {
      throw new PackageException(
          "The configuration %s has a value or a key that is no text, number, truth value or list."
              .formatted(Shown.quoted(name)));
    }
  }

  /** YAML 1.1 wants the exponent's sign. */
  private void number(double number) {
    if (Double.isNaN(number)) {
      out.append(".nan");
    } else if (Double.isInfinite(number)) {
      out.append(number > 0 ? ".inf" : "-.inf");
    } else {
      out.append(Double.toString(number).replaceFirst("E(?=[0-9])", "E+"));
    }
  }

  private void text(String text) {
    out.append('"');
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
              } else if (c >= ' ' && c < 0x7f) {
                out.append((char) c);
              } else {
                out.append(c > 0xffff ? "\\U%08x".formatted(c) : "\\u%04x".formatted(c));
              }
            });
    out.append('"');
  }
}
