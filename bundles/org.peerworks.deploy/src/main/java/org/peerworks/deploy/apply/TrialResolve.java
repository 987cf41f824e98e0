package org.peerworks.deploy.apply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.peerworks.deploy.RefusedException;

/** Resolves new bundles as if those that are to go were gone already; starts nothing. */
final class TrialResolve implements ResolverHook {

  private final Set<Bundle> gone;

  private TrialResolve(Collection<Bundle> gone) {
    this.gone = new HashSet<>(gone);
  }

  /**
   * @param refreshed bundles that will be wired anew; what they need must still be there
   * @throws RefusedException names what is missing
   */
  static void run(
      BundleContext context,
      Collection<Bundle> added,
      Collection<Bundle> gone,
      Collection<Bundle> refreshed)
      throws RefusedException {
    TrialResolve hook = new TrialResolve(gone);
    ServiceRegistration<ResolverHookFactory> registration =
        context.registerService(ResolverHookFactory.class, triggers -> hook, null);
    try {
      context.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(added);
    } finally {
      registration.unregister();
    }
    Unresolved unresolved = new Unresolved(context, gone);
    List<String> lines = new ArrayList<>();
    for (Bundle bundle : added) {
      if (bundle.getState() == Bundle.INSTALLED) {
        lines.addAll(unresolved.explain(bundle));
      }
    }
    for (Bundle bundle : refreshed) {
      lines.addAll(unresolved.lost(bundle));
    }
    if (!lines.isEmpty()) {
      throw new RefusedException(
          lines.stream().distinct().reduce((a, b) -> a + ".\n" + b).orElseThrow() + ".");
    }
  }

  @Override
  public void filterMatches(
      BundleRequirement requirement, Collection<BundleCapability> candidates) {
    candidates.removeIf(candidate -> gone.contains(candidate.getRevision().getBundle()));
  }

  @Override
  public void filterSingletonCollisions(
      BundleCapability singleton, Collection<BundleCapability> collisions) {
    collisions.removeIf(collision -> gone.contains(collision.getRevision().getBundle()));
  }

  @Override
  public void filterResolvable(Collection<BundleRevision> candidates) {
    // all may
  }

  @Override
  public void end() {
    // nothing to release
  }
}
