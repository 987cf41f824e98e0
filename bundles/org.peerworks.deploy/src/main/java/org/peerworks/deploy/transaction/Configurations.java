package org.peerworks.deploy.transaction;

import java.io.IOException;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.peerworks.deploy.state.DeployedFeature;
import org.peerworks.deploy.state.DeployedState;

/**
 * Configurations that features bring. What an administrator configured counts more: a feature's
 * values are those of keys that nobody else set.
 */
final class Configurations {

  /** By which the launcher knows the configurations that it brings in line at each start. */
  private static final String MARK = ".peerworks.launcher";

  private final Supplier<ConfigurationAdmin> admin;

  Configurations(Supplier<ConfigurationAdmin> admin) {
    this.admin = admin;
  }

  /** Goes from the configurations of one state to those of another. */
  void change(DeployedState from, DeployedState to) throws IOException {
    Map<String, Map<String, Object>> before = of(from.features());
    Map<String, Map<String, Object>> after = of(to.features());
    if (before.equals(after)) {
      return;
    }
    Set<String> pids = new TreeSet<>(before.keySet());
    pids.addAll(after.keySet());
    for (String pid : pids) {
      change(pid, before.getOrDefault(pid, Map.of()), after.getOrDefault(pid, Map.of()));
    }
  }

  private void change(String pid, Map<String, Object> before, Map<String, Object> after)
      throws IOException {
    ConfigurationAdmin now = admin.get();
    if (now == null) {
      throw new IOException("There is no Configuration Admin service");
    }
    int factory = pid.indexOf('~');
    Configuration configuration =
        factory < 0
            ? now.getConfiguration(pid, "?")
            : now.getFactoryConfiguration(
                pid.substring(0, factory), pid.substring(factory + 1), "?");
    Map<String, Object> others = new TreeMap<>();
    Dictionary<String, Object> present = configuration.getProperties();
    if (present != null) {
      for (String key : java.util.Collections.list(present.keys())) {
        if (!key.startsWith("service.") && !present.get(key).equals(before.get(key))) {
          others.put(key, present.get(key));
        }
      }
    }
    others.remove(MARK);
    if (after.isEmpty() && others.isEmpty()) {
      configuration.delete();
      return;
    }
    Dictionary<String, Object> values = new Hashtable<>(after);
    others.forEach(values::put);
    values.put(MARK, Boolean.TRUE);
    configuration.updateIfDifferent(values);
  }

  private static Map<String, Map<String, Object>> of(Collection<DeployedFeature> features) {
    Map<String, Map<String, Object>> all = new TreeMap<>();
    for (DeployedFeature feature : features) {
      feature
          .configurations()
          .forEach((pid, values) -> all.computeIfAbsent(pid, p -> new TreeMap<>()).putAll(values));
    }
    return all;
  }
}
