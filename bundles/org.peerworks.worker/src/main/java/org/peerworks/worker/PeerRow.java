package org.peerworks.worker;

import java.time.Instant;
import org.peerworks.transport.api.Traffic;

/**
 * A connected peer, as {@code transport:peers} lists it.
 *
 * @param peer as the room lists it, not proven
 * @param transport name of the transport
 * @param since when it connected
 * @param channels that are served
 * @param sent bytes of messages
 * @param received bytes of messages
 * @param waiting bytes that wait to be sent
 */
public record PeerRow(
    String peer,
    String transport,
    Instant since,
    int channels,
    long sent,
    long received,
    long waiting) {

  static PeerRow of(Visit visit) {
    Traffic traffic = visit.peer().traffic();
    return new PeerRow(
        Peers.shown(visit.peer().id()),
        visit.peer().transport(),
        visit.peer().connectedAt(),
        visit.channels(),
        traffic.bytesSent(),
        traffic.bytesReceived(),
        traffic.bytesWaiting());
  }
}
