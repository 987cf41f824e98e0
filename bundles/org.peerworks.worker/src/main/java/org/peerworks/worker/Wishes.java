package org.peerworks.worker;

import java.time.Duration;
import java.util.Optional;
import org.peerworks.signaling.api.Proof;
import org.peerworks.signaling.api.ServerAddress;

/**
 * Which room the configuration asks for.
 *
 * @param server where
 * @param roomId a certain room; empty for any
 * @param token its token; empty for any room, and where there is a key
 * @param key worker token or account key that opens the room; a secret
 * @param firstPause after the first refusal
 * @param longestPause after many refusals
 */
record Wishes(
    ServerAddress server,
    String roomId,
    String token,
    Optional<Proof.ApiKey> key,
    Duration firstPause,
    Duration longestPause) {

  /**
   * @throws IllegalArgumentException naming the key that is wrong
   */
  static Wishes of(WorkerRoom.Config config) {
    String room = config.room().strip();
    String token = config.token().strip();
    Optional<Proof.ApiKey> key = Keys.of(config);
    if (key.isPresent()) {
      if (room.isEmpty() && key.get().ofAccount()) {
        throw new IllegalArgumentException(
            "The account key in org.peerworks.worker.cfg opens several rooms; set 'room', too.");
      }
      token = "";
    } else if (room.isEmpty() != token.isEmpty()) {
      throw new IllegalArgumentException(
          "'room' and 'token' in org.peerworks.worker.cfg belong together; set both or none, or"
              + " 'key'.");
    }
    return new Wishes(
        Server.of(config), room, token, key, Duration.ofSeconds(2), Duration.ofMinutes(1));
  }

  /** Whether no other room will do. */
  boolean hasRoom() {
    return !roomId.isEmpty() || key.isPresent();
  }

  /** The stored room if it is the one that is wanted, else the configured one, else a new one. */
  Optional<Membership> choose(Optional<Membership> stored) {
    Optional<Membership> here = stored.filter(was -> was.server().equals(server));
    if (key.isPresent()) {
      Optional<String> peer =
          here.filter(was -> roomId.isEmpty() || was.roomId().equals(roomId))
              .flatMap(Membership::peerId);
      return Optional.of(new Membership(server, roomId, "", peer, Optional.empty()));
    }
    if (!hasRoom()) {
      return here;
    }
    return here.filter(was -> was.roomId().equals(roomId) && was.token().equals(token))
        .or(() -> Optional.of(configured(here)));
  }

  /** A token may have been changed; the identity at the server stays. */
  private Membership configured(Optional<Membership> here) {
    return new Membership(
        server,
        roomId,
        token,
        here.flatMap(Membership::peerId),
        here.flatMap(Membership::credential));
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "Wishes[server=" + server + ", roomId=" + roomId + ", key=" + key + "]";
  }
}
