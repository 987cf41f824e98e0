package org.peerworks.deploy.apply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Starts new bundles where nobody sees their services, looks whether they are well, and stops them
 * again: what cannot be stopped, or leaves threads behind, could never be updated.
 */
final class Probation {

  private static final Duration THREADS_END = Duration.ofSeconds(2);

  private final BundleContext context;
  private final Lifecycle lifecycle;
  private final Health health;
  private final Duration deadline;

  Probation(BundleContext context, Lifecycle lifecycle, Health health, Duration deadline) {
    this.context = context;
    this.lifecycle = lifecycle;
    this.health = health;
    this.deadline = deadline;
  }

  /**
   * @param bundles resolved, not started; in the order of their start
   * @throws ChangeFailedException why they are not taken
   */
  void pass(List<Bundle> bundles) throws ChangeFailedException {
    ThreadGroup group = new ThreadGroup("deploy trial");
    LeftThreads threads = new LeftThreads(group, loaders(bundles));
    List<String> problems = new ArrayList<>();
    List<Bundle> started = new ArrayList<>();
    ChangeFailedException failure = null;
    Quarantine quarantine = new Quarantine(context, new HashSet<>(bundles), context.getBundle());
    try {
      try {
        for (Bundle bundle : bundles) {
          started.add(0, bundle);
          lifecycle.start(bundle, Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY, group);
        }
        health.await(bundles, deadline, group);
      } catch (ChangeFailedException e) {
        failure = e;
        problems.add(e.getMessage());
      }
      for (Bundle bundle : started) {
        try {
          lifecycle.stop(bundle);
        } catch (ChangeFailedException e) {
          failure = failure == null ? e : failure;
          problems.add(e.getMessage());
        }
      }
    } finally {
      quarantine.close();
    }
    left(threads, problems);
    if (!problems.isEmpty()) {
      throw new ChangeFailedException(String.join(" ", problems), failure);
    }
  }

  private static void left(LeftThreads threads, List<String> problems)
      throws ChangeFailedException {
    try {
      List<String> left = threads.await(THREADS_END);
      if (!left.isEmpty()) {
        problems.add(
            "Its stop leaves %d thread%s behind: '%s'. They live until the worker ends; end them in the component's deactivation."
                .formatted(left.size(), left.size() == 1 ? "" : "s", String.join("', '", left)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChangeFailedException("The worker stops.", e);
    }
  }

  private static Set<ClassLoader> loaders(List<Bundle> bundles) {
    Set<ClassLoader> loaders = new HashSet<>();
    for (Bundle bundle : bundles) {
      BundleWiring wiring = bundle.adapt(BundleWiring.class);
      if (wiring != null && !Lifecycle.isFragment(bundle)) {
        loaders.add(wiring.getClassLoader());
      }
    }
    return loaders;
  }
}
