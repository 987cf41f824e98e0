package org.peerworks.signaling.client;

import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.peerworks.signaling.api.JoinRequest;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.SignalingException;

/**
 * The steps of one join: sign in, make a room if none is wanted, register. A later try goes on
 * where the last one failed, so it leaves no needless rooms behind.
 */
final class Entry {

  private final Gear gear;
  private final JoinRequest request;
  private final ServerCalls calls;
  private Identity identity;
  private Place place;

  Entry(Gear gear, JoinRequest request) {
    this.gear = gear;
    this.request = request;
    this.calls = new ServerCalls(gear.http(), gear.pace());
  }

  JoinedRoom enter(Backoff backoff) throws IOException, InterruptedException, Refused {
    check();
    URI http = request.server().http();
    if (identity == null) {
      identity =
          request.credential().isPresent()
              ? Identity.ofCredential(request.credential().get())
              : calls.signIn(http);
    }
    if (place == null) {
      if (request.roomId().isPresent()) {
        place =
            new Place(
                request.server(), identity, request.roomId().get(), request.token().orElse(""));
      } else {
        ServerCalls.Created room = calls.createRoom(http, identity);
        place = new Place(request.server(), identity, room.roomId(), room.token());
      }
    }
    PeerInfo wanted = request.self();
    PeerInfo self =
        wanted.id().isEmpty()
            ? new PeerInfo(identity.username(), wanted.role(), wanted.tags(), wanted.properties())
            : wanted;
    JoinedRoom room = new JoinedRoom(gear, place, self, request.keep(), backoff);
    room.enter();
    return room;
  }

  private void check() throws Refused {
    if (request.roomId().isPresent() != request.token().isPresent()) {
      throw new Refused("A room and its token belong together: give both, or none for a new room.");
    }
    checkScheme(request.server().webSocket(), Set.of("ws", "wss"));
    checkScheme(request.server().http(), Set.of("http", "https"));
    try {
      request.credential().ifPresent(Identity::ofCredential);
    } catch (IllegalArgumentException e) {
      throw new SignalingException(SignalingException.Code.IDENTITY_UNKNOWN, e.getMessage(), e);
    }
  }

  private static void checkScheme(URI uri, Set<String> schemes) throws Refused {
    if (uri.getScheme() == null || !schemes.contains(uri.getScheme()) || uri.getHost() == null) {
      throw new Refused(
          "The address '" + uri + "' is no " + String.join(" or ", schemes) + " address.");
    }
  }
}
