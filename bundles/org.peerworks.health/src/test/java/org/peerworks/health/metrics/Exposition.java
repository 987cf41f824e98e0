package org.peerworks.health.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strict reader of Prometheus' text format 0.0.4.
 *
 * @param types by name of the figure
 * @param samples by name, and names and values of labels in turn
 */
record Exposition(Map<String, String> types, Map<List<String>, Double> samples) {

  private static final Pattern COMMENT =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) ((?:[^\\\\]|\\\\[\\\\n])*)");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (NaN|[+-]Inf|[-+0-9.eE]+)", Pattern.DOTALL);
  private static final Pattern LABEL =
      Pattern.compile("\\G(?:^|,)([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\\\\\"]|\\\\[\\\\\"n])*)\"");

  static Exposition read(String text) {
    assertThat(text).endsWith("\n");
    Map<String, String> types = new HashMap<>();
    Set<String> helped = new HashSet<>();
    Map<List<String>, Double> samples = new LinkedHashMap<>();
    String group = "";
    for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
      Matcher comment = COMMENT.matcher(line);
      if (comment.matches()) {
        String name = comment.group(2);
        if (comment.group(1).equals("HELP")) {
          assertThat(helped.add(name)).as("first HELP of %s", name).isTrue();
          group = name;
        } else {
          assertThat(comment.group(3)).isIn("counter", "gauge", "untyped");
          assertThat(types.put(name, comment.group(3))).as("TYPE of %s", name).isNull();
          assertThat(name).as("TYPE within its group").isEqualTo(group);
        }
        continue;
      }
      Matcher sample = SAMPLE.matcher(line);
      assertThat(sample.matches()).as("'%s'", line).isTrue();
      assertThat(sample.group(1)).as("figure within its group").isEqualTo(group);
      assertThat(types).containsKey(group);
      assertThat(samples.put(key(sample), number(sample.group(3)))).as("'%s'", line).isNull();
    }
    return new Exposition(types, samples);
  }

  private static List<String> key(Matcher sample) {
    List<String> key = new ArrayList<>(List.of(sample.group(1)));
    if (sample.group(2) != null) {
      Matcher label = LABEL.matcher(sample.group(2));
      int end = 0;
      while (label.find()) {
        key.add(label.group(1));
        key.add(unescape(label.group(2)));
        end = label.end();
      }
      assertThat(end).as("labels of '%s'", sample.group()).isEqualTo(sample.group(2).length());
    }
    return key;
  }

  private static String unescape(String text) {
    Matcher escape = Pattern.compile("\\\\(.)").matcher(text);
    return escape.replaceAll(
        m -> Matcher.quoteReplacement(m.group(1).equals("n") ? "\n" : m.group(1)));
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
