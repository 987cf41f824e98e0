package org.peerworks.deploy.transaction;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.peerworks.audit.api.AuditLog;
import org.peerworks.deploy.Records;
import org.peerworks.job.api.JobTypeVersion;
import org.peerworks.job.api.JobTypes;
import org.peerworks.job.api.JobTypesListener;
import org.peerworks.job.api.Subscription;

/**
 * Hears from the job engine which versions of job types have no more jobs, and which were withdrawn
 * because their first jobs failed.
 */
@Component(
    service = {},
    immediate = true)
public final class JobTypeWatch implements JobTypesListener {

  private final Deployer deployer;
  private Subscription subscription;

  @Reference(
      name = "audit",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile AuditLog audit;

  @Activate
  public JobTypeWatch(@Reference(name = "deployer") Deployer deployer) {
    this.deployer = deployer;
  }

  @Reference(
      name = "types",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC)
  synchronized void bind(JobTypes types) {
    subscription = types.watch(this);
    if (deployer.hasDeployed()) {
      letGo();
    }
  }

  private void letGo() {
    deployer.letGo(
        outcome ->
            record(
                String.join(", ", outcome.plan()).replaceAll(" +", " ") + ", without jobs",
                outcome));
  }

  synchronized void unbind(JobTypes types) {
    subscription.close();
  }

  @Override
  public void onIdle(JobTypeVersion version) {
    if (deployer.hasDeployed()) {
      letGo();
    }
  }

  @Override
  public void onWithdrawn(JobTypeVersion version) {
    if (deployer.hasDeployed()) {
      deployer.withdraw(
          version.bundleId(),
          version.reason(),
          outcome ->
              record(
                  "roll back " + version.type() + " " + version.version() + ": " + version.reason(),
                  outcome));
    }
  }

  private void record(String what, Outcome outcome) {
    Records.add(audit, "job engine", what, outcome.isGood(), outcome.reason());
  }
}
