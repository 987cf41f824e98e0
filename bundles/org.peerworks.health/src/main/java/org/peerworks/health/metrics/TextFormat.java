package org.peerworks.health.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.peerworks.health.api.Metrics;

/**
 * Writes figures in Prometheus' text format 0.0.4: all of one name together, below one HELP and one
 * TYPE. Not thread-safe.
 */
final class TextFormat implements Metrics {

  /** What this is on HTTP. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern LABEL = Pattern.compile("(?!__)[a-zA-Z_][a-zA-Z0-9_]*");
  private static final String TOTAL = "_total";

  private record Family(String type, String help, Map<String, Double> samples) {}

  private final Map<String, Family> families = new LinkedHashMap<>();

  @Override
  public void gauge(String name, String help, double value, String... labels) {
    add(name, "gauge", help, value, labels);
  }

  @Override
  public void counter(String name, String help, double value, String... labels) {
    if (!name.endsWith(TOTAL)) {
      throw new IllegalArgumentException(
          "The name of a counter ends with '" + TOTAL + "', but '" + name + "' does not.");
    }
    add(name, "counter", help, value, labels);
  }

  private void add(String name, String type, String help, double value, String... labels) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no name of a figure.");
    }
    String series = labels(labels);
    Family family =
        families.computeIfAbsent(name, n -> new Family(type, help, new LinkedHashMap<>()));
    if (!family.type().equals(type)) {
      throw new IllegalArgumentException("'" + name + "' is a " + family.type() + " already.");
    }
    if (family.samples().putIfAbsent(series, value) != null) {
      throw new IllegalArgumentException("'" + name + series + "' was told twice.");
    }
  }

  private static String labels(String... labels) {
    if (labels.length % 2 != 0) {
      throw new IllegalArgumentException(
          "The label '" + labels[labels.length - 1] + "' has no value.");
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      if (!LABEL.matcher(labels[i]).matches()) {
        throw new IllegalArgumentException("'" + labels[i] + "' is no name of a label.");
      }
      if (values.put(labels[i], labels[i + 1]) != null) {
        throw new IllegalArgumentException("The label '" + labels[i] + "' was given twice.");
      }
    }
    StringBuilder text = new StringBuilder();
    values.forEach(
        (label, value) ->
            text.append(text.isEmpty() ? "{" : ",")
                .append(label)
                .append("=\"")
                .append(escape(value).replace("\"", "\\\""))
                .append('"'));
    return text.isEmpty() ? "" : text.append('}').toString();
  }

  /** A carriage return ends no line here, but does for some readers. */
  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", " ");
  }

  String text() {
    StringBuilder text = new StringBuilder();
    families.forEach(
        (name, family) -> {
          text.append("# HELP ").append(name).append(' ').append(escape(family.help()));
          text.append("\n# TYPE ").append(name).append(' ').append(family.type()).append('\n');
          family
              .samples()
              .forEach(
                  (labels, value) ->
                      text.append(name)
                          .append(labels)
                          .append(' ')
                          .append(number(value))
                          .append('\n'));
        });
    return text.toString();
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }
}
