package org.peerworks.deploy.transaction;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.peerworks.deploy.apply.ChangeFailedException;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobType;
import org.peerworks.job.api.JobTypeVersion;
import org.peerworks.job.api.JobTypeVersion.State;
import org.peerworks.job.api.JobTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The job types of bundles, as the job engine knows them; it may not be there. */
final class JobVersions {

  private static final Logger LOG = LoggerFactory.getLogger(JobVersions.class);

  private static final long LOOK_MILLIS = 50;

  private final Supplier<JobTypes> types;

  /**
   * @param types gives null if there is no job engine
   */
  JobVersions(Supplier<JobTypes> types) {
    this.types = types;
  }

  /** Whether jobs may be pinned to a bundle, so that it must not just go. */
  boolean serves(Bundle bundle) {
    return types.get() != null && !services(bundle).isEmpty();
  }

  /** Whether the engine knows the types of a bundle, no job is pinned to it, and none will be. */
  boolean isIdle(Bundle bundle) {
    List<JobTypeVersion> known = of(bundle);
    return !known.isEmpty() && known.stream().allMatch(JobTypeVersion::isIdle);
  }

  /** Whether a bundle has no job. */
  boolean isFree(Bundle bundle) {
    return of(bundle).stream().allMatch(version -> version.running() + version.queued() == 0);
  }

  /** Waits until the engine has taken all types that bundles offer. */
  void awaitTaken(Collection<Bundle> bundles, Duration deadline) throws ChangeFailedException {
    long end = System.nanoTime() + deadline.toNanos();
    for (Bundle bundle : bundles) {
      while (!refused(bundle).isEmpty()) {
        if (System.nanoTime() - end > 0) {
          throw new ChangeFailedException(
              "The job engine does not take the job type '%s' of %s; its log says why."
                  .formatted(String.join("', '", refused(bundle)), Leaving.title(bundle)));
        }
        pause();
      }
    }
  }

  static void pause() throws ChangeFailedException {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChangeFailedException("The worker stops.", e);
    }
  }

  /** Types that a bundle offers, and that the engine does not take. */
  private List<String> refused(Bundle bundle) {
    JobTypes now = types.get();
    if (now == null) {
      return List.of();
    }
    List<String> refused = new ArrayList<>();
    for (ServiceReference<?> service : services(bundle)) {
      String type = String.valueOf(service.getProperty(JobType.TYPE));
      if (of(bundle).stream().noneMatch(version -> version.type().equals(type))) {
        refused.add(type);
      }
    }
    return refused;
  }

  /** Sends new jobs to bundles that came, and none any more to those that leave. */
  void hand(Collection<Bundle> fresh, Collection<Bundle> leaving, String reason) {
    JobTypes now = types.get();
    if (now == null) {
      return;
    }
    for (Bundle bundle : fresh) {
      for (JobTypeVersion version : of(bundle)) {
        if (version.state() == State.RETIRED || version.state() == State.WITHDRAWN) {
          attempt(() -> now.reinstate(version.type(), version.version()));
        }
      }
    }
    for (Bundle bundle : leaving) {
      for (JobTypeVersion version : of(bundle)) {
        attempt(() -> now.retire(version.type(), version.version(), reason));
      }
    }
  }

  private static void attempt(Runnable change) {
    try {
      change.run();
    } catch (JobException e) {
      LOG.warn("The job engine does not take a choice of versions", e);
    }
  }

  private List<JobTypeVersion> of(Bundle bundle) {
    JobTypes now = types.get();
    return now == null
        ? List.of()
        : now.versions().stream()
            .filter(version -> version.bundleId() == bundle.getBundleId())
            .toList();
  }

  private static List<ServiceReference<?>> services(Bundle bundle) {
    ServiceReference<?>[] services = bundle.getRegisteredServices();
    return services == null
        ? List.of()
        : Arrays.stream(services)
            .<ServiceReference<?>>map(service -> service)
            .filter(
                service ->
                    Arrays.asList((String[]) service.getProperty(Constants.OBJECTCLASS))
                        .contains(JobType.class.getName()))
            .toList();
  }
}
