package org.peerworks.deploy.apply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * Whether bundles are well: they run, and each of their components is satisfied and activated, save
 * those that wait for a configuration or were disabled by their author. Components that would only
 * be activated when somebody asks are asked.
 */
public final class Health {

  private static final long LOOK_MILLIS = 50;

  private final BundleContext context;
  private final Supplier<ServiceComponentRuntime> runtime;

  /**
   * @param runtime gives null if there is none; then components are not looked at
   */
  public Health(BundleContext context, Supplier<ServiceComponentRuntime> runtime) {
    this.context = context;
    this.runtime = runtime;
  }

  /**
   * Waits until all are well.
   *
   * @param group of the threads that activations start
   * @throws ChangeFailedException what is not well when the time is up
   */
  void await(Collection<Bundle> bundles, Duration deadline, ThreadGroup group)
      throws ChangeFailedException {
    long end = System.nanoTime() + deadline.toNanos();
    Set<ServiceReference<?>> asked = new HashSet<>();
    Guard guard = new Guard(group, deadline);
    try {
      while (true) {
        List<String> problems = problems(bundles, asked, guard);
        if (problems.isEmpty()) {
          return;
        }
        if (System.nanoTime() - end > 0) {
          throw new ChangeFailedException(
              "Not well after "
                  + deadline.toSeconds()
                  + " s ('healthSeconds'): "
                  + String.join("; ", problems)
                  + ".");
        }
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChangeFailedException("The worker stops.", e);
    } finally {
      asked.forEach(this::leave);
    }
  }

  /** What is not well now; asks for no service. */
  public List<String> problems(Bundle bundle) {
    List<String> problems = new ArrayList<>();
    if (!isUp(bundle)) {
      problems.add(Plan.title(bundle) + " does not run");
    }
    ServiceComponentRuntime components = runtime.get();
    if (components != null) {
      for (ComponentDescriptionDTO description : components.getComponentDescriptionDTOs(bundle)) {
        for (ComponentConfigurationDTO configuration :
            components.getComponentConfigurationDTOs(description)) {
          problem(components, bundle, description, configuration, problems);
        }
      }
    }
    return problems;
  }

  private List<String> problems(
      Collection<Bundle> bundles, Set<ServiceReference<?>> asked, Guard guard)
      throws ChangeFailedException {
    List<String> problems = new ArrayList<>();
    for (Bundle bundle : bundles) {
      activate(bundle, asked, guard);
      problems.addAll(problems(bundle));
    }
    return problems;
  }

  private static boolean isUp(Bundle bundle) {
    boolean lazy =
        bundle.getState() == Bundle.STARTING
            && bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY) != null;
    return bundle.getState() == Bundle.ACTIVE || lazy || Lifecycle.isFragment(bundle);
  }

  private static void problem(
      ServiceComponentRuntime components,
      Bundle bundle,
      ComponentDescriptionDTO description,
      ComponentConfigurationDTO configuration,
      List<String> problems) {
    String component = "component '" + description.name + "' of " + Plan.title(bundle);
    if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
      problems.add(component + " failed: " + Failures.words(configuration.failure));
    } else if (configuration.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
      problems.add(component + " waits for " + Waiting.of(components, configuration));
    }
  }

  /** Components that wait until somebody asks for their service. */
  private void activate(Bundle bundle, Set<ServiceReference<?>> asked, Guard guard)
      throws ChangeFailedException {
    ServiceComponentRuntime components = runtime.get();
    if (components == null) {
      return;
    }
    for (ComponentDescriptionDTO description : components.getComponentDescriptionDTOs(bundle)) {
      for (ComponentConfigurationDTO configuration :
          components.getComponentConfigurationDTOs(description)) {
        if (configuration.state == ComponentConfigurationDTO.SATISFIED
            && configuration.service != null) {
          for (ServiceReference<?> reference : references(configuration.service.id)) {
            if (asked.add(reference)) {
              ask(reference, "activation of '" + description.name + "'", guard);
            }
          }
        }
      }
    }
  }

  private void ask(ServiceReference<?> reference, String what, Guard guard)
      throws ChangeFailedException {
    try {
      guard.call(what, () -> context.getService(reference));
    } catch (StuckException e) {
      throw new ChangeFailedException("The " + e.getMessage(), e);
    } catch (ExecutionException e) {
      throw new ChangeFailedException(
          "The " + what + " failed: " + Lifecycle.Reason.of(e.getCause()) + ".", e.getCause());
    }
  }

  private List<ServiceReference<?>> references(long id) {
    try {
      ServiceReference<?>[] found =
          context.getAllServiceReferences(null, "(" + Constants.SERVICE_ID + "=" + id + ")");
      return found == null ? List.of() : List.of(found);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("The filter is ours and well-formed.", e);
    }
  }

  private void leave(ServiceReference<?> reference) {
    if (reference.getBundle() != null) {
      context.ungetService(reference);
    }
  }
}
