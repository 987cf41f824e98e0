package org.peerworks.deploy.transaction;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.peerworks.deploy.RefusedException;
import org.peerworks.deploy.state.DeployedBundle;

/**
 * A feature (OSGi Feature Service, chapter 159) that pins its bundles by their SHA-256.
 *
 * @param id Maven coordinates
 * @param configurations by PID
 */
record FeatureFile(
    String id, List<Pinned> bundles, Map<String, Map<String, Object>> configurations) {

  private static final String COORDINATES = "[A-Za-z0-9_.-]+(:[A-Za-z0-9_.-]+){2,4}";

  /** A bundle as the feature pins it. */
  record Pinned(String id, String sha256, int startLevel) {

    /** As Maven names the file: artifact, version, and classifier if there is one. */
    String fileName() {
      // group:artifact:version or group:artifact:type:version or
      // group:artifact:type:classifier:version
      String[] parts = id.split(":");
      String name = parts[1] + "-" + parts[parts.length - 1];
      return name + (parts.length == 5 ? "-" + parts[3] : "") + ".jar";
    }
  }

  /** The id without its version, under which only one is installed. */
  String name() {
    return id.substring(0, id.lastIndexOf(':'));
  }

  /**
   * @param source what to call it
   */
  static FeatureFile read(Path file, String source) throws RefusedException {
    JsonNode json;
    try {
      json = new JsonMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new RefusedException("'" + source + "' is no JSON: " + e.getMessage() + ".", e);
    }
    String id = json.path("id").asText("");
    if (!id.matches(COORDINATES)) {
      throw new RefusedException(
          "'%s' is no feature: its 'id' is no Maven coordinates like 'group:name:1.0.0', but '%s'."
              .formatted(source, id));
    }
    List<Pinned> bundles = new ArrayList<>();
    for (JsonNode bundle : json.path("bundles")) {
      bundles.add(pinned(bundle, source));
    }
    if (bundles.isEmpty()) {
      throw new RefusedException("The feature '" + source + "' names no bundles.");
    }
    Map<String, Map<String, Object>> configurations = new TreeMap<>();
    json.path("configurations")
        .properties()
        .forEach(
            entry ->
                configurations.put(
                    entry.getKey(),
                    new JsonMapper()
                        .convertValue(
                            entry.getValue(), new TypeReference<Map<String, Object>>() {})));
    return new FeatureFile(id, bundles, configurations);
  }

  private static Pinned pinned(JsonNode bundle, String source) throws RefusedException {
    String id = bundle.path("id").asText("");
    String sha256 = bundle.path("sha256").asText("");
    int level = bundle.path("bundleStartLevel").asInt(DeployedBundle.DEFAULT_START_LEVEL);
    if (!id.matches(COORDINATES) || !sha256.matches("[0-9a-f]{64}") || level < 1 || level > 20) {
      throw new RefusedException(
          "The feature '%s' does not pin its bundle '%s': it needs an 'id' of Maven coordinates, a 'sha256' and a 'bundleStartLevel' of 1 to 20."
              .formatted(source, id));
    }
    return new Pinned(id, sha256, level);
  }
}
