package org.peerworks.worker;

import java.time.Duration;
import java.util.Optional;
import org.peerworks.signaling.api.ServerAddress;

/**
 * Which room the configuration asks for.
 *
 * @param server where
 * @param roomId a certain room; empty for any
 * @param token its token; empty for any room
 * @param firstPause after the first refusal
 * @param longestPause after many refusals
 */
record Wishes(
    ServerAddress server, String roomId, String token, Duration firstPause, Duration longestPause) {

  /**
   * @throws IllegalArgumentException naming the key that is wrong
   */
  static Wishes of(WorkerRoom.Config config) {
    String room = config.room().strip();
    String token = config.token().strip();
    if (room.isEmpty() != token.isEmpty()) {
      throw new IllegalArgumentException(
          "'room' and 'token' in org.peerworks.worker.cfg belong together; set both or none.");
    }
    return new Wishes(Server.of(config), room, token, Duration.ofSeconds(2), Duration.ofMinutes(1));
  }

  boolean hasRoom() {
    return !roomId.isEmpty();
  }

  /** The stored room if it is the one that is wanted, else the configured one, else a new one. */
  Optional<Membership> choose(Optional<Membership> stored) {
    Optional<Membership> here = stored.filter(was -> was.server().equals(server));
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
}
