package org.peerworks.worker;

import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The shell's commands on connections. */
@Component(service = TransportCommands.class)
@GogoCommand(scope = "transport", function = "peers")
public final class TransportCommands {

  @Reference(
      name = "room",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile WorkerRoom room;

  @Descriptor("Lists the peers that are connected, with their traffic in bytes")
  public List<PeerRow> peers() {
    return WorkerCommands.present(room).peers().rows();
  }
}
