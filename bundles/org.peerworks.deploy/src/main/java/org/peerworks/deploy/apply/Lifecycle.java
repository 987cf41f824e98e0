package org.peerworks.deploy.apply;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;

/** Single steps on bundles, each with a deadline. */
final class Lifecycle {

  private final BundleContext context;
  private final Duration deadline;

  /**
   * @param context of the framework itself, which outlives all others
   */
  Lifecycle(BundleContext context, Duration deadline) {
    this.context = context;
    this.deadline = deadline;
  }

  Bundle install(Wanted wanted) throws ChangeFailedException {
    Bundle known = context.getBundle(wanted.location());
    Bundle bundle =
        known != null
            ? known
            : run("install of " + wanted.title(), () -> context.installBundle(wanted.location()));
    bundle.adapt(BundleStartLevel.class).setStartLevel(wanted.startLevel());
    return bundle;
  }

  void start(Bundle bundle, int options) throws ChangeFailedException {
    start(bundle, options, Thread.currentThread().getThreadGroup());
  }

  /** Starts; what the bundle starts in threads belongs to the group. */
  void start(Bundle bundle, int options, ThreadGroup group) throws ChangeFailedException {
    if (isFragment(bundle)) {
      return;
    }
    run(
        new Guard(group, deadline),
        "start of " + Plan.title(bundle),
        () -> {
          bundle.start(options);
          return bundle;
        });
  }

  void stop(Bundle bundle) throws ChangeFailedException {
    if (isFragment(bundle)) {
      return;
    }
    run(
        "stop of " + Plan.title(bundle),
        () -> {
          bundle.stop(Bundle.STOP_TRANSIENT);
          return bundle;
        });
  }

  void uninstall(Bundle bundle) throws ChangeFailedException {
    run(
        "removal of " + Plan.title(bundle),
        () -> {
          if (bundle.getState() != Bundle.UNINSTALLED) {
            bundle.uninstall();
          }
          return bundle;
        });
  }

  /** Wires anew, and waits until that is done. */
  void refresh(Collection<Bundle> bundles) throws ChangeFailedException {
    CountDownLatch refreshed = new CountDownLatch(1);
    context
        .getBundle(0)
        .adapt(FrameworkWiring.class)
        .refreshBundles(
            bundles,
            event -> {
              if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
              }
            });
    try {
      if (!refreshed.await(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new ChangeFailedException(
            "The framework did not wire the bundles anew within " + deadline.toSeconds() + " s.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChangeFailedException("The worker stops.", e);
    }
  }

  static boolean isFragment(Bundle bundle) {
    return bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
  }

  private <T> T run(String what, Callable<T> step) throws ChangeFailedException {
    return run(new Guard(deadline), what, step);
  }

  private static <T> T run(Guard guard, String what, Callable<T> step)
      throws ChangeFailedException {
    try {
      return guard.call(what, step);
    } catch (StuckException e) {
      throw new ChangeFailedException("The " + e.getMessage().replaceFirst("^'", "'"), e);
    } catch (ExecutionException e) {
      throw new ChangeFailedException(
          "The " + what + " failed: " + Reason.of(e.getCause()) + ".", e.getCause());
    }
  }

  /** Why a call threw. */
  static final class Reason {

    private Reason() {}

    static String of(Throwable failure) {
      Throwable root = failure;
      StringBuilder words = new StringBuilder(word(failure));
      while (root.getCause() != null && root.getCause() != root) {
        root = root.getCause();
      }
      if (root != failure && !(failure instanceof BundleException b && b.getMessage() == null)) {
        words.append(": ").append(word(root));
      }
      return words.toString();
    }

    private static String word(Throwable failure) {
      return failure instanceof BundleException && failure.getMessage() != null
          ? failure.getMessage()
          : failure.toString();
    }
  }
}
