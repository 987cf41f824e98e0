package org.peerworks.deploy.transaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.peerworks.job.api.JobType;
import org.peerworks.job.api.JobTypeVersion;
import org.peerworks.job.api.JobTypeVersion.State;
import org.peerworks.job.api.JobTypes;
import org.peerworks.job.api.JobTypesListener;
import org.peerworks.job.api.Subscription;

/** Stands in for the job engine: a test says how many jobs run on which version. */
final class FakeTypes implements JobTypes {

  private final BundleContext context;
  private final Map<String, Integer> running = new HashMap<>();
  private final Set<String> retired = new HashSet<>();

  FakeTypes(BundleContext context) {
    this.context = context;
  }

  synchronized void running(String version, int jobs) {
    running.put(version, jobs);
  }

  synchronized Set<String> retired() {
    return Set.copyOf(retired);
  }

  @Override
  public synchronized List<JobTypeVersion> versions() {
    List<JobTypeVersion> versions = new ArrayList<>();
    try {
      for (ServiceReference<JobType> service : context.getServiceReferences(JobType.class, null)) {
        String version = service.getBundle().getVersion().toString();
        boolean out = retired.contains(version);
        versions.add(
            new JobTypeVersion(
                String.valueOf(service.getProperty(JobType.TYPE)),
                version,
                service.getBundle().getBundleId(),
                out ? State.RETIRED : State.ACTIVE,
                "",
                out ? 0 : 100,
                running.getOrDefault(version, 0),
                0,
                0,
                0));
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
    return versions;
  }

  @Override
  public synchronized void retire(String type, String version, String reason) {
    retired.add(version);
  }

  @Override
  public synchronized void reinstate(String type, String version) {
    retired.remove(version);
  }

  @Override
  public void use(String type, String version) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void useHighest(String type) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void share(String type, String version, int percent) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Subscription watch(JobTypesListener listener) {
    throw new UnsupportedOperationException();
  }
}
