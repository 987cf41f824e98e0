package org.peerworks.cli.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The configurations that we train with where nobody gives any (sleap-nn's YAML format). */
final class DefaultConfigs {

  private static final String PLACE = "__LABELS__";

  private DefaultConfigs() {}

  /** Which models suit the labels: file names of configurations, in the order of training. */
  static List<String> suiting(LabelsReader.Labels labels) {
    return labels.mostAnimals() <= 1
        ? List.of("single_instance.yaml")
        : List.of("centroid.yaml", "centered_instance.yaml");
  }

  /**
   * A configuration for labels of a name.
   *
   * @param labelsName plain file name
   */
  static byte[] content(String config, String labelsName) {
    try (InputStream in = DefaultConfigs.class.getResourceAsStream("/defaults/" + config)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.replace(PLACE, "\"" + labelsName + "\"").getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The default configuration '" + config + "' is missing.", e);
    }
  }
}
