package org.peerworks.deploy.apply;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.peerworks.deploy.state.DeployedBundle;
import org.peerworks.deploy.state.DeployedState;
import org.peerworks.deploy.state.JarStore;
import org.peerworks.deploy.state.ShippedBundle;
import org.peerworks.deploy.state.ShippedBundles;
import org.peerworks.deploy.state.StartPlan;

/**
 * The bundles that the framework shall have, besides those that others installed.
 *
 * @param wanted by location
 */
public record Target(Map<String, Wanted> wanted) {

  /** What a state means with the bundles that were shipped. */
  public static Target of(DeployedState state, ShippedBundles shipped, JarStore jars)
      throws IOException {
    StartPlan plan = StartPlan.of(state, shipped, jars);
    Map<String, Wanted> wanted = new LinkedHashMap<>();
    for (ShippedBundle bundle : shipped.all()) {
      if (!plan.hidden().contains(bundle.location())) {
        String file = bundle.file().getFileName().toString();
        wanted.put(
            bundle.location(), new Wanted(bundle.location(), file, bundle.startLevel(), true));
      }
    }
    for (DeployedBundle bundle : plan.deployed()) {
      String location = jars.location(bundle.sha256());
      wanted.put(
          location, new Wanted(location, bundle.title(), bundle.startLevel(), bundle.started()));
    }
    return new Target(wanted);
  }
}
