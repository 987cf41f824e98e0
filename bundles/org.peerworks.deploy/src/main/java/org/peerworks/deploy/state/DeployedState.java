package org.peerworks.deploy.state;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that was installed at run time.
 *
 * @param number of the transaction that led here; 0 before the first
 * @param bundles by name, then by version
 * @param leaving names and versions of bundles, also of shipped ones, that stay only until their
 *     jobs have ended
 */
public record DeployedState(
    int number, List<DeployedBundle> bundles, List<DeployedFeature> features, Set<String> leaving) {

  /** As shipped. */
  public static final DeployedState NONE = new DeployedState(0, List.of(), List.of(), Set.of());

  public DeployedState {
    bundles = bundles == null ? List.of() : List.copyOf(bundles);
    features = features == null ? List.of() : List.copyOf(features);
    leaving = leaving == null ? Set.of() : new TreeSet<>(leaving);
  }

  /** The state with other bundles. */
  public DeployedState withBundles(List<DeployedBundle> others) {
    return new DeployedState(number, others, features, leaving);
  }

  /** The state without what stays only until its jobs have ended. */
  public DeployedState withoutLeaving() {
    return new DeployedState(
        number,
        bundles.stream().filter(bundle -> !leaving.contains(bundle.title())).toList(),
        features,
        Set.of());
  }

  /** The same content as that of another transaction. */
  public DeployedState numbered(int other) {
    return new DeployedState(other, bundles, features, leaving);
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
