package org.peerworks.health.check;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleRevisions;
import org.osgi.framework.wiring.FrameworkWiring;
import org.peerworks.health.api.Finding;
import org.peerworks.health.api.HealthCheck;

/** Old versions of bundles whose class loaders others still use (OSGi Core R8, chapter 8). */
final class LoadersCheck implements HealthCheck {

  private final BundleContext context;

  LoadersCheck(BundleContext context) {
    this.context = context;
  }

  @Override
  public List<Finding> check() {
    Collection<Bundle> pending =
        context
            .getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
            .adapt(FrameworkWiring.class)
            .getRemovalPendingBundles();
    Set<Bundle> old = new LinkedHashSet<>(pending);
    for (Bundle bundle : context.getBundles()) {
      if (oldRevisions(bundle) > 0) {
        old.add(bundle);
      }
    }
    if (old.isEmpty()) {
      return List.of(
          Finding.ok(context.getBundles().length + " bundles, no old version of any in use"));
    }
    String names =
        old.stream()
            .map(bundle -> bundle.getSymbolicName() + " (" + bundle.getBundleId() + ")")
            .collect(Collectors.joining(", "));
    String ids =
        old.stream()
            .map(bundle -> String.valueOf(bundle.getBundleId()))
            .collect(Collectors.joining(" "));
    return List.of(
        Finding.warning(
            "Old versions of updated or removed bundles are still in use: " + names,
            "'refresh "
                + ids
                + "' lets go of them; it restarts all that uses them, so drain first."));
  }

  /** How many revisions of a bundle are there besides the current one. */
  static int oldRevisions(Bundle bundle) {
    BundleRevisions revisions = bundle.adapt(BundleRevisions.class);
    return revisions == null ? 0 : Math.max(0, revisions.getRevisions().size() - 1);
  }
}
