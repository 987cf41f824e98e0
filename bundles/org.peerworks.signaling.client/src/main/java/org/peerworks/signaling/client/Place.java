package org.peerworks.signaling.client;

import org.peerworks.signaling.api.ServerAddress;

/**
 * Who comes into which room, where.
 *
 * @param token lets peers into the room; a secret
 */
record Place(ServerAddress server, Identity identity, String roomId, String token) {

  /** Without the secrets. */
  @Override
  public String toString() {
    return "Place[server=" + server + ", roomId=" + roomId + "]";
  }
}
