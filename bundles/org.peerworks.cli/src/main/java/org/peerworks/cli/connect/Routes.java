package org.peerworks.cli.connect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.connect.Services.Named;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Room;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.Transport;
import org.peerworks.transport.api.TransportException;

/**
 * Connects to a worker over the transport that is preferred among those that may lead to it; where
 * that fails, over the next one.
 */
final class Routes {

  private final Services services;

  Routes(Services services) {
    this.services = services;
  }

  /**
   * Connects. Blocks.
   *
   * @throws CommandFailure with the reasons of all
   */
  Peer take(Room room, PeerInfo worker) throws InterruptedException {
    List<String> reasons = new ArrayList<>();
    TransportException last = null;
    for (Named<Transport> transport : leadingTo(worker)) {
      try {
        return Stages.await(transport.service().connect(room, worker.id()));
      } catch (TransportException e) {
        reasons.add(transport.name() + ": " + e.getMessage());
        last = e;
      }
    }
    if (reasons.isEmpty()) {
      reasons.add("No transport of this program leads to it. Update the older of both.");
    }
    throw CommandFailure.noConnection(
        "No connection to worker '" + WorkerChoice.name(worker) + "'. " + String.join(" ", reasons),
        last);
  }

  private List<Named<Transport>> leadingTo(PeerInfo worker) {
    return services.all(Transport.class, Transport.NAME).stream()
        .filter(named -> named.service().leadsTo(worker))
        .sorted(Comparator.<Named<Transport>>comparingInt(Named::preference).reversed())
        .toList();
  }
}
