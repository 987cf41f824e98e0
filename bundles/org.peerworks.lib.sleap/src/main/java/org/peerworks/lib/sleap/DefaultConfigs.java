package org.peerworks.lib.sleap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The configurations that we train with where nobody gives any (sleap-nn's YAML format). */
public final class DefaultConfigs {

  private static final String PLACE = "__LABELS__";

  private DefaultConfigs() {}

  /**
   * Which models suit labels.
   *
   * @param mostAnimals largest number of animals in one frame
   * @return file names of configurations, in the order of training
   */
  public static List<String> suiting(int mostAnimals) {
    return mostAnimals <= 1
        ? List.of("single_instance.yaml")
        : List.of("centroid.yaml", "centered_instance.yaml");
  }

  /**
   * A configuration for labels.
   *
   * @param labels plain file name, or path
   */
  public static byte[] content(String config, String labels) {
    String quoted = "\"" + labels.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    try (InputStream in = DefaultConfigs.class.getResourceAsStream("/defaults/" + config)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.replace(PLACE, quoted).getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The default configuration '" + config + "' is missing.", e);
    }
  }
}
