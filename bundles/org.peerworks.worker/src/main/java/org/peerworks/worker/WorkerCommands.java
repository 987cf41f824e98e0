package org.peerworks.worker;

import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The shell's commands on the worker itself. */
@Component(service = WorkerCommands.class)
@GogoCommand(scope = "worker", function = "info")
public final class WorkerCommands {

  @Reference(
      name = "room",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile WorkerRoom room;

  @Descriptor("Shows this worker: its room, session string, status and what it can do")
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
