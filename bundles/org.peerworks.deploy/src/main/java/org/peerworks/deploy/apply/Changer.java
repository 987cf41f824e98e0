package org.peerworks.deploy.apply;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import org.peerworks.deploy.RefusedException;
import org.peerworks.deploy.state.JarStore;
import org.peerworks.deploy.state.ShippedBundles;
import org.peerworks.deploy.verify.BundleFile;

/** Brings the framework from one set of bundles to another, or back. One call at a time. */
public final class Changer {

  private static final Comparator<Bundle> BY_LEVEL =
      Comparator.comparingInt(
              (Bundle bundle) -> bundle.adapt(BundleStartLevel.class).getStartLevel())
          .thenComparing(Bundle::getBundleId);

  private final BundleContext own;
  private final BundleContext system;
  private final Set<String> shipped;
  private final Lifecycle lifecycle;
  private final Health health;
  private final Timing timing;
  private final Set<Bundle> stuck = new HashSet<>();

  /**
   * @param own context of the bundle that does this, which must not be touched
   */
  public Changer(BundleContext own, ShippedBundles shipped, Health health, Timing timing) {
    this.own = own;
    this.system = own.getBundle(0).getBundleContext();
    this.shipped =
        shipped.all().stream().map(bundle -> bundle.location()).collect(Collectors.toSet());
    this.health = health;
    this.timing = timing;
    lifecycle = new Lifecycle(system, timing.call());
  }

  /**
   * Installs what is new without starting it, and finds out what a change would mean. Follow with
   * {@link #apply} or {@link #forget}.
   *
   * @throws RefusedException something would not resolve; nothing is left installed
   */
  public Plan plan(Target target) throws RefusedException, ChangeFailedException {
    List<Bundle> added = new ArrayList<>();
    List<Bundle> removed = unwanted(target);
    Map<Bundle, String> refreshed = Map.of();
    try {
      for (Wanted wanted : target.wanted().values()) {
        if (system.getBundle(wanted.location()) == null) {
          added.add(lifecycle.install(wanted));
        }
      }
      refreshed = Closure.of(system, removed, added);
      TrialResolve.run(system, added, removed, refreshed.keySet());
      return new Plan(List.copyOf(added), List.copyOf(removed), refreshed);
    } catch (RefusedException | ChangeFailedException e) {
      forget(new Plan(added, removed, refreshed));
      throw e;
    }
  }

  /** Why a change can only be made by a restart; empty if it can be made now. */
  public Optional<String> needsRestart(Plan plan) {
    for (Bundle bundle : plan.removed()) {
      if (BundleFile.UPDATE_AT_RESTART.equals(
          bundle.getHeaders("").get(BundleFile.UPDATE_HEADER))) {
        return Optional.of(Plan.title(bundle) + " cannot be swapped while the worker runs");
      }
    }
    for (Map.Entry<Bundle, String> entry : plan.refreshed().entrySet()) {
      Bundle bundle = entry.getKey();
      boolean ours = bundle.equals(own.getBundle());
      if (ours
          || BundleFile.UPDATE_AT_RESTART.equals(
              bundle.getHeaders("").get(BundleFile.UPDATE_HEADER))) {
        return Optional.of(
            Plan.title(bundle)
                + ", "
                + entry.getValue()
                + ", cannot be restarted while the worker runs");
      }
    }
    return plan.removed().contains(own.getBundle())
        ? Optional.of("it is this deployment itself that changes")
        : Optional.empty();
  }

  /** Takes back what {@link #plan} installed. */
  public void forget(Plan plan) throws ChangeFailedException {
    for (Bundle bundle : plan.added()) {
      lifecycle.uninstall(bundle);
    }
    if (!plan.added().isEmpty()) {
      lifecycle.refresh(plan.added());
    }
  }

  /** The bundles that run, to be handed to {@link #restore}. */
  public Set<Bundle> running() {
    return Arrays.stream(system.getBundles())
        .filter(bundle -> bundle.getState() == Bundle.ACTIVE || isLazy(bundle))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * Makes a change, first on probation, then for all to see.
   *
   * @throws ChangeFailedException why it cannot stay so; follow with {@link #restore}
   */
  public void apply(Plan plan, Target target) throws ChangeFailedException {
    Set<Bundle> running = running();
    stopAll(concat(plan.refreshed().keySet(), plan.removed()));
    for (Bundle bundle : plan.removed()) {
      lifecycle.uninstall(bundle);
    }
    Set<Bundle> affected = concat(plan.refreshed().keySet(), plan.removed());
    if (!affected.isEmpty()) {
      lifecycle.refresh(affected);
    }
    system.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(plan.added());
    List<Bundle> fresh =
        plan.added().stream()
            .filter(bundle -> target.wanted().get(bundle.getLocation()).started())
            .sorted(BY_LEVEL)
            .toList();
    new Probation(own, lifecycle, health, timing.health()).pass(fresh);
    for (Bundle bundle : fresh) {
      lifecycle.start(bundle, Bundle.START_ACTIVATION_POLICY);
    }
    List<Bundle> again =
        plan.refreshed().keySet().stream().filter(running::contains).sorted(BY_LEVEL).toList();
    for (Bundle bundle : again) {
      lifecycle.start(bundle, Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
    }
    health.await(concat(fresh, again), timing.health(), Thread.currentThread().getThreadGroup());
  }

  /**
   * Brings everything back, as far as that can be done.
   *
   * @param running what ran before
   * @return what could not be brought back, and why; usually empty
   */
  public List<String> restore(Target before, Set<Bundle> running) {
    List<String> notes = new ArrayList<>();
    List<Bundle> removed = unwanted(before);
    Set<Bundle> affected = new HashSet<>(Closure.of(system, removed, List.of()).keySet());
    affected.addAll(removed);
    attempt(notes, () -> stopAll(affected));
    for (Bundle bundle : removed) {
      attempt(notes, () -> remove(bundle));
    }
    affected.removeAll(stuck);
    List<Bundle> back = new ArrayList<>();
    for (Wanted wanted : before.wanted().values()) {
      if (system.getBundle(wanted.location()) == null) {
        attempt(notes, () -> back.add(lifecycle.install(wanted)));
      }
    }
    affected.addAll(Closure.of(system, List.of(), back).keySet());
    affected.removeIf(bundle -> bundle.getState() == Bundle.ACTIVE);
    if (!affected.isEmpty()) {
      attempt(notes, () -> lifecycle.refresh(affected));
    }
    back.stream()
        .sorted(BY_LEVEL)
        .filter(bundle -> before.wanted().get(bundle.getLocation()).started())
        .forEach(
            bundle ->
                attempt(notes, () -> lifecycle.start(bundle, Bundle.START_ACTIVATION_POLICY)));
    running.stream()
        .filter(bundle -> bundle.getState() != Bundle.UNINSTALLED)
        .filter(bundle -> bundle.getState() != Bundle.ACTIVE && !isLazy(bundle))
        .sorted(BY_LEVEL)
        .forEach(
            bundle ->
                attempt(
                    notes,
                    () ->
                        lifecycle.start(
                            bundle, Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY)));
    return notes;
  }

  /**
   * Waits until bundles are well that a start brought.
   *
   * @param locations those that are not in the framework do not count
   */
  public void awaitHealth(Collection<String> locations) throws ChangeFailedException {
    List<Bundle> bundles =
        locations.stream().map(system::getBundle).filter(Objects::nonNull).toList();
    health.await(bundles, timing.health(), Thread.currentThread().getThreadGroup());
  }

  /** The hashes of all jars that the framework holds. */
  public Set<String> jarsInUse() {
    return Arrays.stream(system.getBundles())
        .flatMap(bundle -> JarStore.hash(bundle.getLocation()).stream())
        .collect(Collectors.toSet());
  }

  /** What cannot be removed is no part of later changes; the next start goes without. */
  private void remove(Bundle bundle) throws ChangeFailedException {
    try {
      lifecycle.uninstall(bundle);
    } catch (ChangeFailedException e) {
      stuck.add(bundle);
      throw new ChangeFailedException(
          e.getMessage() + " " + Plan.title(bundle) + " stays, stopped, until the next start.", e);
    }
  }

  private List<Bundle> unwanted(Target target) {
    return Arrays.stream(system.getBundles())
        .filter(bundle -> !stuck.contains(bundle))
        .filter(bundle -> isOurs(bundle) && !target.wanted().containsKey(bundle.getLocation()))
        .toList();
  }

  private boolean isOurs(Bundle bundle) {
    return shipped.contains(bundle.getLocation())
        || JarStore.hash(bundle.getLocation()).isPresent();
  }

  private void stopAll(Collection<Bundle> bundles) throws ChangeFailedException {
    for (Bundle bundle : bundles.stream().sorted(BY_LEVEL.reversed()).toList()) {
      if (bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING) {
        lifecycle.stop(bundle);
      }
    }
  }

  private static boolean isLazy(Bundle bundle) {
    return bundle.getState() == Bundle.STARTING;
  }

  private static Set<Bundle> concat(Collection<Bundle> first, Collection<Bundle> second) {
    Set<Bundle> all = new LinkedHashSet<>(first);
    all.addAll(second);
    return all;
  }

  private interface Step {
    void run() throws ChangeFailedException;
  }

  private static void attempt(List<String> notes, Step step) {
    try {
      step.run();
    } catch (ChangeFailedException e) {
      notes.add(e.getMessage());
    }
  }
}
