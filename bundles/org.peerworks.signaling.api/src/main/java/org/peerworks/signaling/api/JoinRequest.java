package org.peerworks.signaling.api;

import java.util.Optional;

/**
 * How to enter a room.
 *
 * @param server where the room is
 * @param roomId which room. May be empty with an anonymous proof, which then makes a new room, and
 *     with a worker token, which knows its room
 * @param token the room's token, as its maker was given it; needed with an anonymous proof for a
 *     room that is there, ignored with any other
 * @param self how the others shall see this peer; its id may be empty, then one is chosen
 * @param proof what shows the server who this peer is
 * @param keep whether to come back by itself when the connection is lost
 */
public record JoinRequest(
    ServerAddress server,
    Optional<String> roomId,
    Optional<String> token,
    PeerInfo self,
    Proof proof,
    boolean keep) {

  /**
   * As an anonymous peer.
   *
   * @param credential as an earlier {@link Room#credential()} gave it; empty for a new identity
   */
  public JoinRequest(
      ServerAddress server,
      Optional<String> roomId,
      Optional<String> token,
      PeerInfo self,
      Optional<String> credential,
      boolean keep) {
    this(server, roomId, token, self, new Proof.Anonymous(credential), keep);
  }

  /**
   * What an anonymous peer proves its identity with; empty for a new one, and with other proofs.
   */
  public Optional<String> credential() {
    return proof instanceof Proof.Anonymous anonymous ? anonymous.credential() : Optional.empty();
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "JoinRequest[server="
        + server
        + ", roomId="
        + roomId
        + ", self="
        + self.id()
        + ", proof="
        + proof
        + "]";
  }
}
