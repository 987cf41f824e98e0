package org.peerworks.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the launcher has to start for a command.
 *
 * @param features names of the features, in the order in which they start: {@code signaling},
 *     {@code worker}, {@code shell}, {@code client}, {@code browser}, {@code doctor}
 * @param configuration by PID, then by name; goes over the files in {@code config/}
 * @param dataDirectory absolute; not necessarily there yet
 * @param privateFramework whether the framework's own storage belongs to this process alone and
 *     goes with it
 * @param staysUntilStopped whether the process runs until somebody stops it
 */
public record LaunchPlan(
    List<String> features,
    Map<String, Map<String, Object>> configuration,
    Path dataDirectory,
    boolean privateFramework,
    boolean staysUntilStopped) {

  public LaunchPlan {
    features = List.copyOf(features);
    configuration = Map.copyOf(configuration);
    Objects.requireNonNull(dataDirectory, "dataDirectory");
  }

  /** Without the values, which may be secrets. */
  @Override
  public String toString() {
    return "LaunchPlan[features=" + features + ", configuration=" + configuration.keySet() + "]";
  }
}
