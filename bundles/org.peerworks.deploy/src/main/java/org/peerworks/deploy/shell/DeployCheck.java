package org.peerworks.deploy.shell;

import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.peerworks.deploy.state.JournalEntry;
import org.peerworks.deploy.transaction.Deployer;
import org.peerworks.health.api.Finding;
import org.peerworks.health.api.HealthCheck;

/** Whether the last change of this worker's bundles was kept. */
@Component(property = {HealthCheck.NAME + "=Deployment", HealthCheck.TAGS + "=system"})
public final class DeployCheck implements HealthCheck {

  @Reference(
      name = "deployer",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Deployer deployer;

  @Override
  public List<Finding> check() {
    Deployer now = deployer;
    if (now == null) {
      return List.of(
          Finding.warning(
              "Nothing can be installed: the deployer does not run",
              "Look into the worker's log for 'org.peerworks.deploy'."));
    }
    List<JournalEntry> journal = now.journal();
    return List.of(
        journal.isEmpty()
            ? Finding.ok("Nothing was installed at run time")
            : judge(journal.get(journal.size() - 1)));
  }

  static Finding judge(JournalEntry last) {
    String what = "Transaction %d (%s)".formatted(last.number(), last.what());
    String show = "'deploy:show " + last.number() + "' says more";
    return switch (last.event()) {
      case COMMITTED -> Finding.ok(what + " was kept");
      case ROLLED_BACK, DROPPED ->
          Finding.warning(
              what + " was rolled back: " + last.reason(),
              show + ". All is as it was before; mend what it installs and install it again.");
      case REFUSED -> Finding.note(what + " was refused: " + last.reason(), show + ".");
      case PENDING -> Finding.note(what + " waits for a restart", "Restart the worker.");
      case BEGUN -> Finding.note(what + " goes on now", "");
    };
  }
}
