package org.peerworks.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.peerworks.deploy.state.DeployedBundle;
import org.peerworks.deploy.state.DeployedFeature;
import org.peerworks.deploy.state.DeployedState;
import org.peerworks.deploy.state.JarStore;
import org.peerworks.deploy.state.JournalEntry;
import org.peerworks.deploy.state.ShippedBundle;
import org.peerworks.deploy.state.ShippedBundles;
import org.peerworks.deploy.state.StartPlan;
import org.peerworks.deploy.state.StateStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs: the bundles of the features, and those that an administrator installed on the running
 * worker, which take the place of older ones. The framework's directory may be gone: none is lost.
 *
 * @param bundles of both kinds
 * @param shipped of the features, as a framework property for who deploys more
 * @param configurations of features that were installed, by PID
 * @param trial number of the transaction that waited for this start; 0 for none
 */
record DeployedBundles(
    Collection<PinnedBundle> bundles,
    String shipped,
    Map<String, Map<String, Object>> configurations,
    int trial) {

  private static final Logger LOG = LoggerFactory.getLogger(DeployedBundles.class);

  /** Costs next to nothing where nothing was ever installed. */
  static DeployedBundles over(FeatureSet features, Path data) throws LaunchException {
    List<ShippedBundle> shipped =
        features.bundles().stream()
            .map(bundle -> ShippedBundle.of(bundle.file(), bundle.startLevel()))
            .toList();
    String property = ShippedBundle.property(shipped);
    // A client has no deployments, whoever else uses its data directory.
    if (!features.names().contains("admin") || !StateStore.exists(data)) {
      return new DeployedBundles(features.bundles(), property, Map.of(), 0);
    }
    try {
      return over(features, property, new ShippedBundles(shipped), StateStore.open(data, 0));
    } catch (IOException e) {
      throw new LaunchException(
          ExitStatus.DATA,
          "Cannot read what is installed in '"
              + data.resolve("bundles")
              + "': "
              + Reasons.of(e)
              + ". Move that directory away to start without.",
          e);
    }
  }

  private static DeployedBundles over(
      FeatureSet features, String property, ShippedBundles shipped, StateStore store)
      throws IOException {
    Optional<JournalEntry> trial = store.takePending();
    DeployedState state = trial.isPresent() ? store.pending().orElseThrow() : store.current();
    deleteDamaged(state, store.jars());
    StartPlan plan = StartPlan.of(state, shipped, store.jars());
    for (Map.Entry<DeployedBundle, String> dropped : plan.dropped().entrySet()) {
      DeployedBundle bundle = dropped.getKey();
      LOG.warn("{} has no effect: {}", bundle.title(), dropped.getValue());
      store.dropped(bundle.title(), dropped.getValue());
    }
    if (!plan.dropped().isEmpty() && trial.isEmpty()) {
      store.forget(plan.effective(state));
    }
    List<PinnedBundle> bundles = new ArrayList<>(features.bundles());
    bundles.removeIf(bundle -> plan.hidden().contains(bundle.location()));
    for (DeployedBundle bundle : plan.deployed()) {
      bundles.add(pinned(bundle, store.jars()));
    }
    Map<String, Map<String, Object>> configurations = new TreeMap<>();
    for (DeployedFeature feature : state.features()) {
      feature
          .configurations()
          .forEach(
              (pid, values) ->
                  configurations.computeIfAbsent(pid, p -> new TreeMap<>()).putAll(values));
    }
    return new DeployedBundles(
        bundles, property, configurations, trial.map(JournalEntry::number).orElse(0));
  }

  /** A jar that is not what was installed does not keep the worker from starting. */
  private static void deleteDamaged(DeployedState state, JarStore jars) throws IOException {
    for (DeployedBundle bundle : state.bundles()) {
      Path jar = jars.file(bundle.sha256());
      if (Files.exists(jar) && !BundleInstaller.sha256(jar).equals(bundle.sha256())) {
        LOG.error("The jar '{}' of {} is damaged", jar, bundle.title());
        Files.delete(jar);
      }
    }
  }

  private static PinnedBundle pinned(DeployedBundle bundle, JarStore jars) {
    return new PinnedBundle(
        bundle.title(), jars.file(bundle.sha256()), bundle.sha256(), bundle.startLevel());
  }
}
