package org.peerworks.signaling.api;

import java.util.Optional;

/**
 * How to enter a room.
 *
 * @param server where the room is
 * @param roomId and {@code token}: which room; both empty to make a new one
 * @param token as the room's maker was given it
 * @param self how the others shall see this peer; its id may be empty, then the server's name for
 *     this peer is used
 * @param credential what proves this peer's identity to the server, as an earlier {@link
 *     Room#credential()} gave it, so that it may take the same id again; empty for a new identity
 * @param keep whether to come back by itself when the connection is lost
 */
public record JoinRequest(
    ServerAddress server,
    Optional<String> roomId,
    Optional<String> token,
    PeerInfo self,
    Optional<String> credential,
    boolean keep) {

  /** Without the secrets. */
  @Override
  public String toString() {
    return "JoinRequest[server=" + server + ", roomId=" + roomId + ", self=" + self.id() + "]";
  }
}
