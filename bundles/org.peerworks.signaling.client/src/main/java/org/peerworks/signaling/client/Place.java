package org.peerworks.signaling.client;

import org.peerworks.signaling.api.ServerAddress;

/**
 * Who comes into which room, where.
 *
 * @param roomId empty as long as only the server knows it, from a worker token
 * @param token lets anonymous peers into the room, else empty; a secret
 */
record Place(ServerAddress server, Pass pass, String roomId, String token) {

  /** The same, in the room that the server has told. */
  Place in(String room) {
    return new Place(server, pass, room, token);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "Place[server=" + server + ", roomId=" + roomId + "]";
  }
}
