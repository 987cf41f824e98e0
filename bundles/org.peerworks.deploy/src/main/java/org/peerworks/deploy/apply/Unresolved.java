package org.peerworks.deploy.apply;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** Why a bundle cannot be resolved, down to the root cause, in words. */
public final class Unresolved {

  private final List<Bundle> bundles;

  /**
   * @param gone bundles that do not count, as they are about to go
   */
  public Unresolved(BundleContext context, Collection<Bundle> gone) {
    bundles = new ArrayList<>(Arrays.asList(context.getBundles()));
    bundles.removeAll(gone);
  }

  /** A line for each step from the bundle down to what is missing. */
  public List<String> explain(Bundle bundle) {
    List<String> lines = new ArrayList<>();
    explain(bundle, new HashSet<>(), "", lines);
    if (lines.isEmpty()) {
      lines.add(
          Plan.title(bundle)
              + " finds all that it needs, but not in a way that fits together: two of its packages"
              + " come from, or use, different versions of a third ('uses' constraint)");
    }
    return lines;
  }

  private void explain(Bundle bundle, Set<Bundle> seen, String indent, List<String> lines) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision == null || !seen.add(bundle)) {
      return;
    }
    for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
      if (!Requirements.isMandatory(requirement)) {
        continue;
      }
      List<Bundle> providers = providers(requirement);
      String wants = indent + Plan.title(bundle) + " needs " + Requirements.words(requirement);
      if (providers.isEmpty()) {
        lines.add(wants + "; " + nearest(requirement));
      } else if (providers.stream().allMatch(p -> p.getState() == Bundle.INSTALLED)) {
        Bundle provider = providers.get(0);
        List<String> deeper = new ArrayList<>();
        explain(provider, seen, indent + "  ", deeper);
        if (!deeper.isEmpty()) {
          lines.add(
              wants + "; " + Plan.title(provider) + " offers it, but cannot be resolved itself:");
          lines.addAll(deeper);
        }
      }
    }
  }

  /** A requirement of a bundle that is resolved, which nobody that stays could fulfil. */
  public List<String> lost(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision == null
        ? List.of()
        : revision.getDeclaredRequirements(null).stream()
            .filter(Requirements::isMandatory)
            .filter(requirement -> providers(requirement).isEmpty())
            .map(
                requirement ->
                    Plan.title(bundle)
                        + " needs "
                        + Requirements.words(requirement)
                        + "; "
                        + nearest(requirement))
            .toList();
  }

  private List<Bundle> providers(BundleRequirement requirement) {
    return bundles.stream()
        .filter(
            bundle ->
                capabilities(bundle, requirement.getNamespace()).stream()
                    .anyMatch(requirement::matches))
        .toList();
  }

  private String nearest(BundleRequirement requirement) {
    String name = Requirements.name(requirement);
    Set<String> found =
        name.isEmpty()
            ? Set.of()
            : bundles.stream()
                .flatMap(
                    bundle ->
                        capabilities(bundle, requirement.getNamespace()).stream()
                            .filter(
                                c -> name.equals(c.getAttributes().get(requirement.getNamespace())))
                            .map(c -> version(c) + " of " + Plan.title(bundle)))
                .collect(Collectors.toSet());
    return found.isEmpty()
        ? "nobody offers it. Install a bundle that does, first or in the same feature"
        : "there is only version " + String.join(", ", found);
  }

  private static Object version(BundleCapability capability) {
    Object version = capability.getAttributes().get("version");
    return version == null ? capability.getAttributes().get("bundle-version") : version;
  }

  private static List<BundleCapability> capabilities(Bundle bundle, String namespace) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision == null ? List.of() : revision.getDeclaredCapabilities(namespace);
  }
}
