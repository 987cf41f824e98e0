package org.peerworks.transport.webrtc;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Role;
import org.peerworks.signaling.api.Room;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a peer whose program has ended from one whose network is away for a while: nothing is heard
 * of either, but only the first one's connection to the room's server was closed, by its system.
 * One that the room does not list any more, twice in a row, does not come back on this connection,
 * so it need not be waited for.
 */
final class Presence {

  private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
  private static final long PAUSE_MILLIS = 1_000;

  /** So that one who only enters the room anew is not taken for gone. */
  private static final int MISSED = 2;

  private final Room room;
  private final Link link;

  /** Which silence it is; what is asked for an earlier one counts for nothing. */
  private final AtomicInteger silence = new AtomicInteger();

  Presence(Room room, Link link) {
    this.room = room;
    this.link = link;
  }

  /** Nothing is heard of the peer. */
  void begin() {
    askSoon(silence.incrementAndGet(), 0);
  }

  /** It is heard, for the first time or again. */
  void heard() {
    silence.incrementAndGet();
  }

  private void askSoon(int current, int missed) {
    link.after(PAUSE_MILLIS, () -> ask(current, missed));
  }

  private void ask(int current, int missed) {
    if (current != silence.get()) {
      return;
    }
    if (!room.connected()) {
      askSoon(current, 0);
      return;
    }
    room.discover(Role.PEER)
        .whenComplete(
            (peers, failure) ->
                answered(current, failure == null && !lists(peers) ? missed + 1 : 0));
  }

  private boolean lists(List<PeerInfo> peers) {
    return peers.stream().anyMatch(peer -> peer.id().equals(link.peer()));
  }

  private void answered(int current, int missed) {
    if (current != silence.get()) {
      return;
    }
    if (missed < MISSED) {
      askSoon(current, missed);
    } else {
      LOG.info("Nothing is heard from '{}', and it has left the room", link.peer());
      link.close("Nothing is heard from '" + link.peer() + "', and it has left the room.");
    }
  }
}
