package org.peerworks.deploy.transaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.peerworks.deploy.RefusedException;
import org.peerworks.deploy.apply.Target;
import org.peerworks.deploy.state.DeployedBundle;
import org.peerworks.deploy.state.DeployedState;
import org.peerworks.deploy.state.StateStore;

/**
 * Bundles whose place others have taken, or that were removed, and that stay beside until the jobs
 * that they accepted have ended.
 */
final class Leaving {

  private final BundleContext system;
  private final StateStore store;
  private final JobVersions versions;

  Leaving(BundleContext system, StateStore store, JobVersions versions) {
    this.system = system;
    this.store = store;
    this.versions = versions;
  }

  /**
   * The next state, with those bundles of the present one that have jobs to end.
   *
   * @throws RefusedException one of them comes again with other content
   */
  DeployedState keep(DeployedState now, Target present, DeployedState next, Target wanted)
      throws RefusedException {
    List<DeployedBundle> bundles = new ArrayList<>(next.bundles());
    Set<String> leaving = new TreeSet<>(next.leaving());
    for (String location : present.wanted().keySet()) {
      Bundle bundle = system.getBundle(location);
      if (bundle == null || wanted.wanted().containsKey(location) || !versions.serves(bundle)) {
        continue;
      }
      String title = title(bundle);
      if (next.bundles().stream().anyMatch(known -> known.title().equals(title))) {
        throw new RefusedException(
            title
                + " is still here with other content, for the jobs that it accepted. Give what"
                + " changed a version of its own.");
      }
      leaving.add(title);
      now.bundles().stream()
          .filter(known -> known.title().equals(title))
          .filter(known -> !bundles.contains(known))
          .forEach(bundles::add);
    }
    bundles.sort(
        Comparator.comparing(DeployedBundle::name)
            .thenComparing(bundle -> Version.parseVersion(bundle.version())));
    return new DeployedState(next.number(), bundles, next.features(), leaving);
  }

  /** The framework's bundles that leave. */
  List<Bundle> bundles(DeployedState state) {
    return Arrays.stream(system.getBundles())
        .filter(bundle -> bundle.getSymbolicName() != null)
        .filter(bundle -> state.leaving().contains(title(bundle)))
        .toList();
  }

  /** Names and versions of those that have no more jobs. */
  Set<String> idle(DeployedState state) {
    Set<String> idle = new TreeSet<>(state.leaving());
    for (Bundle bundle : bundles(state)) {
      if (!versions.isIdle(bundle)) {
        idle.remove(title(bundle));
      }
    }
    return idle;
  }

  /** The state without them. */
  static DeployedState without(DeployedState now, Set<String> gone) {
    Set<String> leaving = new TreeSet<>(now.leaving());
    leaving.removeAll(gone);
    return new DeployedState(
        now.number(),
        now.bundles().stream().filter(bundle -> !gone.contains(bundle.title())).toList(),
        now.features(),
        leaving);
  }

  /**
   * The state in which an earlier version of a bundle has its place again: one that has not left
   * yet, else the one of the latest transaction without it.
   *
   * @throws RefusedException it was not installed here
   */
  DeployedState back(DeployedState now, Bundle bad) throws RefusedException {
    DeployedBundle withdrawn =
        now.bundles().stream()
            .filter(known -> known.title().equals(title(bad)))
            .filter(known -> !now.leaving().contains(known.title()))
            .findFirst()
            .orElseThrow(
                () -> new RefusedException(title(bad) + " was not installed at run time."));
    List<DeployedBundle> bundles = new ArrayList<>(now.withoutLeaving().bundles());
    bundles.remove(withdrawn);
    earlier(now, withdrawn).ifPresent(bundles::add);
    return now.withoutLeaving().withBundles(bundles);
  }

  private Optional<DeployedBundle> earlier(DeployedState now, DeployedBundle withdrawn) {
    Optional<DeployedBundle> waiting =
        now.named(withdrawn.name()).stream()
            .filter(known -> !known.equals(withdrawn))
            .reduce((first, second) -> second);
    if (waiting.isPresent() || now.leaving().stream().anyMatch(t -> isShipped(t, withdrawn, now))) {
      return waiting;
    }
    return IntStream.iterate(now.number() - 1, number -> number >= 0, number -> number - 1)
        .mapToObj(store::after)
        .flatMap(Optional::stream)
        .map(DeployedState::withoutLeaving)
        .filter(state -> !state.bundles().contains(withdrawn))
        .findFirst()
        .flatMap(state -> state.named(withdrawn.name()).stream().findFirst());
  }

  private static boolean isShipped(String title, DeployedBundle withdrawn, DeployedState now) {
    return title.startsWith(withdrawn.name() + " ")
        && now.bundles().stream().noneMatch(known -> known.title().equals(title));
  }

  static String title(Bundle bundle) {
    return bundle.getSymbolicName() + " " + bundle.getVersion();
  }
}
