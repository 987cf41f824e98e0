package org.peerworks.worker;

import java.util.Optional;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.ServerAddress;

/**
 * What lets this worker come back as the same peer into the same room.
 *
 * @param server where the room is
 * @param roomId the room; empty if only the key that opens it knows
 * @param token lets peers into the room, a secret; empty where a key does
 * @param peerId this worker in the room; empty for one that the server chooses
 * @param credential proves the peer id, a secret; empty where a key does
 */
record Membership(
    ServerAddress server,
    String roomId,
    String token,
    Optional<String> peerId,
    Optional<String> credential) {

  static Membership of(Room room) {
    return new Membership(
        room.server(),
        room.session().roomId(),
        room.session().token(),
        Optional.of(room.session().peerId()),
        Optional.of(room.credential()).filter(proof -> !proof.isEmpty()));
  }

  /** The same room, as somebody new. */
  Membership withoutIdentity() {
    return new Membership(server, roomId, token, Optional.empty(), Optional.empty());
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "Membership[server=" + server + ", roomId=" + roomId + ", peerId=" + peerId + "]";
  }
}
