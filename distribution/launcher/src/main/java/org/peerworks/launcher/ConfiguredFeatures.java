package org.peerworks.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Features that a worker starts only if its configuration asks for them. */
final class ConfiguredFeatures {

  /** By the PID whose key {@code enabled} asks for it. */
  private static final Map<String, String> FEATURES = Map.of("org.peerworks.shell.ssh", "ssh");

  private ConfiguredFeatures() {}

  /**
   * Features with those that the files of a worker ask for.
   *
   * @param data directory, with the administrator's files
   * @throws LaunchException if a file cannot be read
   */
  static List<String> with(List<String> features, Installation installation, Path data)
      throws LaunchException {
    List<String> all = new ArrayList<>(features);
    if (features.contains("worker")) {
      for (Map.Entry<String, String> feature : FEATURES.entrySet()) {
        if (isEnabled(feature.getKey(), installation.config(), data.resolve("config"))) {
          all.add(feature.getValue());
        }
      }
    }
    return List.copyOf(all);
  }

  private static boolean isEnabled(String pid, Path... directories) throws LaunchException {
    Object enabled = "false";
    for (Path directory : directories) {
      enabled = ConfigFiles.read(directory, pid).getOrDefault("enabled", enabled);
    }
    return enabled.equals("true");
  }
}
