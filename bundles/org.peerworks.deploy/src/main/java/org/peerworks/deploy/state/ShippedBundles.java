package org.peerworks.deploy.state;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;

/** The bundles of the distribution; their manifests are read when somebody asks. Thread-safe. */
public final class ShippedBundles {

  /** One of them, with its version. */
  public record Shipped(ShippedBundle bundle, Version version) {}

  private final List<ShippedBundle> all;
  private Map<String, Shipped> byName;

  public ShippedBundles(List<ShippedBundle> all) {
    this.all = List.copyOf(all);
  }

  public List<ShippedBundle> all() {
    return all;
  }

  /** By symbolic name. */
  public synchronized Optional<Shipped> named(String name) throws IOException {
    if (byName == null) {
      Map<String, Shipped> read = new LinkedHashMap<>();
      for (ShippedBundle bundle : all) {
        ShippedBundle.Identity identity = bundle.identity();
        read.put(identity.name(), new Shipped(bundle, identity.version()));
      }
      byName = read;
    }
    return Optional.ofNullable(byName.get(name));
  }
}
