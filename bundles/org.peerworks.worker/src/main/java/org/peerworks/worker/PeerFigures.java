package org.peerworks.worker;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.peerworks.health.api.Metrics;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.Traffic;

/** Figures of the traffic with peers: of those that are here, and of all that ever were. */
final class PeerFigures {

  private static final Traffic NOTHING = new Traffic(0, 0, 0, 0, 0);

  private Traffic gone = NOTHING;

  /**
   * Keeps what a peer has sent and received that goes.
   *
   * @param remove takes it from those that are here, so that it is never counted twice
   */
  synchronized void gone(Peer peer, Runnable remove) {
    gone = sum(gone, peer.traffic());
    remove.run();
  }

  /**
   * @param here peers that are connected
   */
  void measure(Collection<Peer> here, Metrics to) {
    // An id is whatever a peer says; two that say the same are one here.
    Map<List<String>, Traffic> byName = new TreeMap<>(PeerFigures::compare);
    Traffic all;
    synchronized (this) {
      all = gone;
      for (Peer peer : here) {
        Traffic traffic = peer.traffic();
        all = sum(all, traffic);
        byName.merge(List.of(Peers.shown(peer.id()), peer.transport()), traffic, PeerFigures::sum);
      }
    }
    to.gauge("peerworks_peers", "Peers that are connected.", here.size());
    to.counter(
        "peerworks_transfer_bytes_total",
        "Bytes of messages from and to all peers, gone ones too.",
        all.bytesReceived(),
        "direction",
        "received");
    to.counter("peerworks_transfer_bytes_total", "", all.bytesSent(), "direction", "sent");
    byName.forEach((name, traffic) -> peer(name.get(0), name.get(1), traffic, to));
  }

  private static int compare(List<String> one, List<String> other) {
    int first = one.get(0).compareTo(other.get(0));
    return first == 0 ? one.get(1).compareTo(other.get(1)) : first;
  }

  private static void peer(String id, String transport, Traffic traffic, Metrics to) {
    String[] received = {"peer", id, "transport", transport, "direction", "received"};
    String[] sent = {"peer", id, "transport", transport, "direction", "sent"};
    String messages = "peerworks_peer_messages_total";
    String help = "Messages from and to each peer that is connected.";
    to.counter(messages, help, traffic.messagesReceived(), received);
    to.counter(messages, help, traffic.messagesSent(), sent);
    String bytes = "peerworks_peer_bytes_total";
    String of = "Bytes of them.";
    to.counter(bytes, of, traffic.bytesReceived(), received);
    to.counter(bytes, of, traffic.bytesSent(), sent);
    to.gauge(
        "peerworks_peer_waiting_bytes",
        "Bytes that wait to be sent to each peer.",
        traffic.bytesWaiting(),
        "peer",
        id,
        "transport",
        transport);
  }

  private static Traffic sum(Traffic one, Traffic other) {
    return new Traffic(
        one.messagesSent() + other.messagesSent(),
        one.bytesSent() + other.bytesSent(),
        one.messagesReceived() + other.messagesReceived(),
        one.bytesReceived() + other.bytesReceived(),
        one.bytesWaiting() + other.bytesWaiting());
  }
}
