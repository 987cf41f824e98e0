package org.peerworks.signaling.server;

import java.util.Map;
import java.util.Optional;

/**
 * How one type of message goes from peer to peer (sleap-rtc wire format).
 *
 * @param sender field that names the sender
 * @param target field that names the receiver
 * @param arrivesAs type that the receiver sees
 * @param reported whether the sender is told that the receiver is not there; the first programs end
 *     themselves on any error, so their messages are dropped
 */
record Route(String sender, String target, String arrivesAs, boolean reported) {

  private static final Map<String, Route> ROUTES =
      Map.of(
          "offer", silent("offer"),
          "answer", silent("answer"),
          "candidate", silent("candidate"),
          "quit", silent("quit"),
          "peer_message", new Route("from_peer_id", "to_peer_id", "peer_message", true),
          "mesh_connect", mesh("mesh_offer"),
          "mesh_answer", mesh("mesh_answer"),
          "ice_candidate", mesh("ice_candidate"));

  static Optional<Route> of(String type) {
    return Optional.ofNullable(ROUTES.get(type));
  }

  private static Route silent(String type) {
    return new Route("sender", "target", type, false);
  }

  private static Route mesh(String arrivesAs) {
    return new Route("from_peer_id", "target_peer_id", arrivesAs, true);
  }
}
