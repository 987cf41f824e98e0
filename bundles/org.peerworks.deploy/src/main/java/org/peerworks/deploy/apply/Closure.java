package org.peerworks.deploy.apply;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleRevisions;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** Who has to be wired anew because of whom. */
final class Closure {

  private Closure() {}

  /**
   * The bundles that are wired, directly or not, to some that go, and the hosts of fragments that
   * come, each with the reason in words.
   */
  static Map<Bundle, String> of(
      BundleContext context, Collection<Bundle> removed, Collection<Bundle> added) {
    Map<Bundle, String> reasons = new LinkedHashMap<>();
    Deque<Bundle> next = new ArrayDeque<>(removed);
    for (Bundle fragment : added) {
      for (Bundle host : hosts(context, fragment)) {
        if (!removed.contains(host)
            && reasons.putIfAbsent(host, "as " + Plan.title(fragment) + " becomes a part of it")
                == null) {
          next.add(host);
        }
      }
    }
    while (!next.isEmpty()) {
      Bundle provider = next.remove();
      for (BundleWire wire : wiresTo(provider)) {
        Bundle user = wire.getRequirer().getBundle();
        if (!removed.contains(user)
            && user.getBundleId() != 0
            && reasons.putIfAbsent(user, reason(wire, provider)) == null) {
          next.add(user);
        }
      }
    }
    return reasons;
  }

  private static List<BundleWire> wiresTo(Bundle provider) {
    BundleRevisions revisions = provider.adapt(BundleRevisions.class);
    return revisions == null
        ? List.of()
        : revisions.getRevisions().stream()
            .map(BundleRevision::getWiring)
            .filter(wiring -> wiring != null)
            .flatMap(wiring -> wiring.getProvidedWires(null).stream())
            .toList();
  }

  private static List<Bundle> hosts(BundleContext context, Bundle fragment) {
    String header = fragment.getHeaders("").get("Fragment-Host");
    if (header == null) {
      return List.of();
    }
    String host = header.split(";")[0].strip();
    return Arrays.stream(context.getBundles())
        .filter(bundle -> host.equals(bundle.getSymbolicName()))
        .filter(bundle -> bundle.adapt(BundleWiring.class) != null && bundle.getBundleId() != 0)
        .toList();
  }

  private static String reason(BundleWire wire, Bundle provider) {
    String kind = wire.getCapability().getNamespace();
    Object name = wire.getCapability().getAttributes().get(kind);
    String what =
        switch (kind) {
          case "osgi.wiring.package" -> "package " + name;
          case "osgi.wiring.bundle" -> "the bundle itself";
          case "osgi.wiring.host" -> "its host";
          default -> kind + (name == null ? "" : " " + name);
        };
    return "which uses " + what + " of " + Plan.title(provider);
  }
}
