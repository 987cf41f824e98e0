package org.peerworks.signaling.client;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.peerworks.signaling.api.JoinRequest;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Proof;
import org.peerworks.signaling.api.SignalingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of one join: sign in, make a room if none is wanted, register. A later try goes on
 * where the last one failed, so it leaves no needless rooms behind.
 */
final class Entry {

  private static final Logger LOG = LoggerFactory.getLogger(Entry.class);

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
    if (place == null) {
      warnOfPlainText();
      place = place();
    }
    PeerInfo wanted = request.self();
    PeerInfo self =
        wanted.id().isEmpty()
            ? new PeerInfo(
                place.pass().id(wanted), wanted.role(), wanted.tags(), wanted.properties())
            : wanted;
    JoinedRoom room = new JoinedRoom(gear, place, self, request.keep(), backoff);
    room.enter();
    return room;
  }

  /** Once for each join: a login or a key that somebody on the way reads opens more than a room. */
  private void warnOfPlainText() {
    URI server = request.server().webSocket();
    boolean here = server.getHost().matches("localhost|127\\..*|\\[::1\\]");
    if (!(request.proof() instanceof Proof.Anonymous) && server.getScheme().equals("ws") && !here) {
      LOG.warn(
          "The login or key goes to '{}' without encryption, so others on the way can take it over; use wss",
          server);
    }
  }

  private Place place() throws IOException, InterruptedException, Refused {
    String room = request.roomId().orElse("");
    if (request.proof() instanceof Proof.Jwt jwt) {
      return new Place(request.server(), new Pass.Login(jwt), room, "");
    }
    if (request.proof() instanceof Proof.ApiKey key) {
      return new Place(request.server(), new Pass.Key(key), room, "");
    }
    return anonymous(((Proof.Anonymous) request.proof()).credential());
  }

  private Place anonymous(Optional<String> credential)
      throws IOException, InterruptedException, Refused {
    URI http = request.server().http();
    if (identity == null) {
      identity =
          credential.isPresent() ? Identity.ofCredential(credential.get()) : calls.signIn(http);
    }
    Pass pass = new Pass.Anonymous(identity);
    if (request.roomId().isPresent()) {
      return new Place(request.server(), pass, request.roomId().get(), request.token().orElse(""));
    }
    ServerCalls.Created room = calls.createRoom(http, identity);
    return new Place(request.server(), pass, room.roomId(), room.token());
  }

  private void check() throws Refused {
    checkScheme(request.server().webSocket(), Set.of("ws", "wss"));
    checkScheme(request.server().http(), Set.of("http", "https"));
    if (request.proof() instanceof Proof.Anonymous anonymous) {
      if (request.roomId().isPresent() != request.token().isPresent()) {
        throw new Refused(
            "A room and its token belong together: give both, or none for a new room.");
      }
      try {
        anonymous.credential().ifPresent(Identity::ofCredential);
      } catch (IllegalArgumentException e) {
        throw new SignalingException(SignalingException.Code.IDENTITY_UNKNOWN, e.getMessage(), e);
      }
    } else if (request.roomId().isEmpty() && !knowsItsRoom(request.proof())) {
      throw new Refused("Which room? A login or an account key opens several: give its id.");
    }
  }

  private static boolean knowsItsRoom(Proof proof) {
    return proof instanceof Proof.ApiKey key && !key.ofAccount();
  }

  private static void checkScheme(URI uri, Set<String> schemes) throws Refused {
    if (uri.getScheme() == null || !schemes.contains(uri.getScheme()) || uri.getHost() == null) {
      throw new Refused(
          "The address '" + uri + "' is no " + String.join(" or ", schemes) + " address.");
    }
  }
}
