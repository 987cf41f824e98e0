package org.peerworks.deploy.state;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Version;

/**
 * Which bundles run: those that were shipped and those that were deployed over them. A deployed one
 * wins over a shipped one of its name only while its version is higher.
 *
 * @param deployed that run
 * @param hidden locations of shipped bundles that do not run, as deployed ones took their place
 * @param dropped deployed bundles that have no effect, and why
 */
public record StartPlan(
    List<DeployedBundle> deployed, Set<String> hidden, Map<DeployedBundle, String> dropped) {

  /** Decides; looks at the shipped bundles only if something is deployed. */
  public static StartPlan of(DeployedState state, ShippedBundles shipped, JarStore jars)
      throws IOException {
    List<DeployedBundle> deployed = new ArrayList<>();
    Set<String> hidden = new HashSet<>();
    Map<DeployedBundle, String> dropped = new LinkedHashMap<>();
    for (DeployedBundle bundle : state.bundles()) {
      Optional<ShippedBundles.Shipped> rival = shipped.named(bundle.name());
      if (Files.notExists(jars.file(bundle.sha256()))) {
        dropped.put(bundle, "Its jar '" + jars.file(bundle.sha256()) + "' is gone or was damaged.");
      } else if (rival.isPresent()
          && Version.parseVersion(bundle.version()).compareTo(rival.get().version()) <= 0) {
        dropped.put(
            bundle,
            "The distribution now brings version " + rival.get().version() + ", which counts.");
      } else {
        deployed.add(bundle);
        if (rival.isPresent() && takesPlace(bundle, rival.get(), state)) {
          hidden.add(rival.get().bundle().location());
        }
      }
    }
    return new StartPlan(List.copyOf(deployed), Set.copyOf(hidden), dropped);
  }

  private static boolean takesPlace(
      DeployedBundle bundle, ShippedBundles.Shipped rival, DeployedState state) {
    return !state.leaving().contains(bundle.title())
        && !state.leaving().contains(bundle.name() + " " + rival.version());
  }

  /** The state without what has no effect any more. */
  public DeployedState effective(DeployedState state) {
    return state.withBundles(deployed);
  }
}
