package org.peerworks.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.felix.feature.impl.FeatureServiceImpl;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureBundle;
import org.osgi.service.feature.FeatureConfiguration;
import org.osgi.service.feature.FeatureExtension;
import org.osgi.service.feature.FeatureService;
import org.osgi.service.feature.ID;

/**
 * What a number of features (OSGi Feature Service, chapter 159) ask for together: pinned bundles
 * and configuration.
 *
 * <p>Of a bundle's metadata, {@code sha256} and {@code bundleStartLevel} (default 10) are read. The
 * text extension {@code requires} names further features, one per line.
 */
public final class FeatureSet {

  private static final int DEFAULT_START_LEVEL = 10;

  private final Installation installation;
  private final FeatureService service = new FeatureServiceImpl();
  private final Map<String, Feature> features = new LinkedHashMap<>();
  private final Map<String, PinnedBundle> bundles = new LinkedHashMap<>();
  private final Map<String, Map<String, Object>> configurations = new TreeMap<>();

  private FeatureSet(Installation installation) {
    this.installation = installation;
  }

  /**
   * Reads the named features and those that they require.
   *
   * @throws LaunchException if one is missing or damaged, or two pin the same bundle differently
   */
  public static FeatureSet read(Installation installation, Collection<String> names)
      throws LaunchException {
    FeatureSet set = new FeatureSet(installation);
    for (String name : names) {
      set.add(name);
    }
    return set;
  }

  public Collection<PinnedBundle> bundles() {
    return List.copyOf(bundles.values());
  }

  /** Of the features that were named and those that they require. */
  Set<String> names() {
    return Set.copyOf(features.keySet());
  }

  /** By PID. */
  Map<String, Map<String, Object>> configurations() {
    return Map.copyOf(configurations);
  }

  private void add(String name) throws LaunchException {
    if (features.containsKey(name)) {
      return;
    }
    Path file = installation.features().resolve(name + ".json");
    if (!Files.exists(file)) {
      throw new LaunchException(
          ExitStatus.INSTALLATION,
          "This installation has no feature '"
              + name
              + "' ("
              + file
              + "). If it is the client's, install the worker's archive"
              + " (peerworks-worker-*.tar.gz): it brings all features.");
    }
    Feature feature;
    try (Reader reader = Files.newBufferedReader(file)) {
      feature = service.readFeature(reader);
    } catch (IOException | RuntimeException e) {
      throw new LaunchException(
          ExitStatus.INSTALLATION,
          "Cannot read the feature '" + name + "' (" + file + "): " + e,
          e);
    }
    features.put(name, feature);
    FeatureExtension requires = feature.getExtensions().get("requires");
    if (requires != null) {
      for (String other : requires.getText()) {
        add(other);
      }
    }
    for (FeatureBundle bundle : feature.getBundles()) {
      add(name, bundle);
    }
    for (FeatureConfiguration configuration : feature.getConfigurations().values()) {
      configurations
          .computeIfAbsent(configuration.getPid(), pid -> new TreeMap<>())
          .putAll(configuration.getValues());
    }
  }

  private void add(String feature, FeatureBundle bundle) throws LaunchException {
    ID id = bundle.getID();
    Object sha256 = bundle.getMetadata().get("sha256");
    if (sha256 == null) {
      throw new LaunchException(
          ExitStatus.INSTALLATION,
          "The feature '" + feature + "' does not pin '" + id + "': it has no 'sha256'.");
    }
    Object level = bundle.getMetadata().getOrDefault("bundleStartLevel", DEFAULT_START_LEVEL);
    PinnedBundle pinned =
        new PinnedBundle(
            id.toString(),
            installation.bundles().resolve(fileName(id)),
            sha256.toString(),
            ((Number) level).intValue());
    String key = id.getGroupId() + ":" + id.getArtifactId();
    PinnedBundle other = bundles.putIfAbsent(key, pinned);
    if (other != null && !other.equals(pinned)) {
      throw new LaunchException(
          ExitStatus.INSTALLATION,
          "The feature '"
              + feature
              + "' pins '"
              + pinned.id()
              + "', another feature pins '"
              + other.id()
              + "'.");
    }
  }

  /** As Maven names the file: artifact, version, and classifier if there is one. */
  static String fileName(ID id) {
    return id.getArtifactId()
        + "-"
        + id.getVersion()
        + id.getClassifier().map(classifier -> "-" + classifier).orElse("")
        + ".jar";
  }
}
