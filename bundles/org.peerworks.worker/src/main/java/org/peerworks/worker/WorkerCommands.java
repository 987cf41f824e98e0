package org.peerworks.worker;

import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The shell's commands on the worker itself. */
@Component(service = WorkerCommands.class)
@GogoCommand(
    scope = "worker",
    function = {"info", "stop"})
public final class WorkerCommands {

  private final BundleContext context;

  @Reference(
      name = "room",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile WorkerRoom room;

  @Activate
  public WorkerCommands(BundleContext context) {
    this.context = context;
  }

  @Descriptor("Stops the worker; the programs of its running jobs are ended")
  public void stop() throws BundleException {
    context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).stop();
  }

  @Descriptor("Shows this worker: its room, session string, status, mounts and what it can do")
  public WorkerInfo info() {
    return present(room).info();
  }

  static WorkerRoom present(WorkerRoom room) {
    if (room == null) {
      throw new IllegalStateException(
          "This process is in no room as a worker. 'scr:list' and the log say whether the"
              + " configuration 'org.peerworks.worker' or the signalling client is missing.");
    }
    return room;
  }
}
