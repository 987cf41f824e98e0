package org.peerworks.signaling.server;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.peerworks.signaling.server.basic.AddressLimits;
import org.peerworks.signaling.server.basic.Json;
import org.peerworks.signaling.server.basic.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls of those who have no account (sleap-rtc wire format, first two generations). */
final class AnonymousCalls {

  private static final Logger LOG = LoggerFactory.getLogger(AnonymousCalls.class);

  private final Rooms rooms;
  private final IdTokens tokens;
  private final Callers callers;
  private final AddressLimits signIns;

  AnonymousCalls(Rooms rooms, IdTokens tokens, Callers callers, Limits limits) {
    this.rooms = rooms;
    this.tokens = tokens;
    this.callers = callers;
    this.signIns = new AddressLimits(limits.signInsPerMinute(), System::nanoTime);
  }

  void addTo(Router router) {
    router
        .on("POST", "/anonymous-signin", this::signIn)
        .on("POST", "/create-room", this::createRoom)
        .on("POST", "/delete-peer", this::deletePeer)
        .on("POST", "/delete-peers-and-room", this::deleteRooms);
  }

  private HttpReply signIn(HttpCall call) {
    if (!signIns.take(call.caller())) {
      return HttpReply.error(429, "Too many sign-ins from this address. Try again later.");
    }
    IdTokens.SignedIn signedIn = tokens.signIn();
    return HttpReply.ok(
        Json.object().put("id_token", signedIn.token()).put("username", signedIn.username()));
  }

  private HttpReply createRoom(HttpCall call) throws Refusal, IOException {
    String subject = callers.signedIn(call);
    try {
      Rooms.Created room = rooms.create(subject);
      LOG.info("Room '{}' was made", room.id());
      return HttpReply.ok(Json.object().put("room_id", room.id()).put("token", room.token()));
    } catch (Refusal e) {
      return HttpReply.error(429, e.getMessage());
    }
  }

  private HttpReply deletePeer(HttpCall call) throws Refusal {
    String subject = callers.signedIn(call);
    String peerId =
        Json.text(call.json(), "peer_id")
            .orElseThrow(() -> new HttpRefusal(422, "Send a JSON object with 'peer_id'."));
    boolean deleted = false;
    for (Room room : rooms.all()) {
      deleted |= room.deletePeer(peerId, subject);
    }
    return deleted
        ? HttpReply.ok(Json.object().put("status", "deleted").put("peer_id", peerId))
        : HttpReply.error(403, "You own no peer of this id.");
  }

  private HttpReply deleteRooms(HttpCall call) throws Refusal, IOException {
    String subject = callers.signedIn(call);
    Optional<String> peer = Json.text(call.json(), "peer_id");
    Optional<String> room = Json.text(call.json(), "room_id");
    if (peer.isEmpty() && room.isEmpty()) {
      return HttpReply.error(422, "Send a JSON object with 'peer_id' or 'room_id'.");
    }
    List<Room> wanted =
        rooms.ownedBy(subject).stream()
            .filter(own -> room.map(own.id()::equals).orElse(true))
            .filter(own -> peer.map(id -> own.knows(id, subject)).orElse(true))
            .toList();
    if (wanted.isEmpty()) {
      return HttpReply.error(403, "You own no such room.");
    }
    for (Room own : wanted) {
      rooms.delete(own, "The room was deleted by its owner");
      LOG.info("Room '{}' was deleted by its owner", own.id());
    }
    return HttpReply.ok(Json.object().put("status", "deleted").put("rooms", wanted.size()));
  }
}
