package org.peerworks.deploy.state;

import java.util.List;
import java.util.Optional;

/**
 * All that was installed at run time.
 *
 * @param number of the transaction that led here; 0 before the first
 * @param bundles by name, then by version
 */
public record DeployedState(
    int number, List<DeployedBundle> bundles, List<DeployedFeature> features) {

  /** As shipped. */
  public static final DeployedState NONE = new DeployedState(0, List.of(), List.of());

  public DeployedState {
    bundles = bundles == null ? List.of() : List.copyOf(bundles);
    features = features == null ? List.of() : List.copyOf(features);
  }

  /** The same content as that of another transaction. */
  public DeployedState numbered(int other) {
    return new DeployedState(other, bundles, features);
  }

  /** The bundles of a name; two while the older has jobs. */
  public List<DeployedBundle> named(String name) {
    return bundles.stream().filter(bundle -> bundle.name().equals(name)).toList();
  }

  /** The feature of a name, without its version. */
  public Optional<DeployedFeature> feature(String name) {
    return features.stream().filter(feature -> feature.name().equals(name)).findFirst();
  }
}
