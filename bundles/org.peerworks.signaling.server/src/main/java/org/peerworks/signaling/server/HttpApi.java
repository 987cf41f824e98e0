package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP calls of the sleap-rtc signalling server, first generation. Thread-safe. */
final class HttpApi {

  private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);
  private static final String BEARER = "Bearer ";
  private static final int OTHER_CALLS_PER_SIGN_IN = 10;

  private final Rooms rooms;
  private final IdTokens tokens;
  private final Hub hub;
  private final Clock clock;
  private final String version;
  private final AddressLimits signIns;
  private final AddressLimits calls;

  HttpApi(Rooms rooms, IdTokens tokens, Hub hub, Limits limits, Clock clock, String version) {
    this.rooms = rooms;
    this.tokens = tokens;
    this.hub = hub;
    this.clock = clock;
    this.version = version;
    this.signIns = new AddressLimits(limits.signInsPerMinute(), System::nanoTime);
    this.calls =
        new AddressLimits(
            (double) limits.signInsPerMinute() * OTHER_CALLS_PER_SIGN_IN, System::nanoTime);
  }

  /**
   * @param authorization the header of that name; empty if there is none
   */
  HttpReply call(
      String method, String path, String authorization, String body, InetAddress caller) {
    if (!calls.take(caller)) {
      return HttpReply.error(429, "Too many requests from this address. Try again later.");
    }
    return switch (path) {
      case "/health" -> only("GET", method, this::health);
      case "/metrics" -> only("GET", method, this::metrics);
      case "/anonymous-signin" -> only("POST", method, () -> signIn(caller));
      case "/create-room", "/delete-peer", "/delete-peers-and-room" ->
          only("POST", method, () -> asSubject(path, authorization, body));
      default -> HttpReply.error(404, "Not Found");
    };
  }

  /** One of the calls. */
  private interface Call {
    HttpReply run() throws IOException;
  }

  private static HttpReply only(String allowed, String method, Call call) {
    if (!method.equals(allowed)) {
      return HttpReply.error(405, "Method Not Allowed. Use " + allowed + ".");
    }
    try {
      return call.run();
    } catch (IOException e) {
      LOG.warn("A call failed", e);
      return HttpReply.error(500, "The server cannot store this. Its log says why.");
    }
  }

  private HttpReply health() {
    return HttpReply.ok(
        Json.object()
            .put("status", "ok")
            .put("timestamp", clock.instant().toString())
            .put("version", version));
  }

  private HttpReply metrics() {
    ObjectNode counts = hub.metrics().toJson();
    counts.put("connections", hub.conversations().size());
    counts.put("rooms", rooms.all().size());
    counts.put("peers", rooms.all().stream().mapToInt(Room::size).sum());
    return HttpReply.ok(counts);
  }

  private HttpReply signIn(InetAddress caller) {
    if (!signIns.take(caller)) {
      return HttpReply.error(429, "Too many sign-ins from this address. Try again later.");
    }
    IdTokens.SignedIn signedIn = tokens.signIn();
    return HttpReply.ok(
        Json.object().put("id_token", signedIn.token()).put("username", signedIn.username()));
  }

  private HttpReply asSubject(String path, String authorization, String body) throws IOException {
    Optional<String> subject =
        Optional.of(authorization)
            .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
            .flatMap(header -> tokens.subject(header.substring(BEARER.length()).strip()));
    if (subject.isEmpty()) {
      return HttpReply.error(
          401, "Sign in with /anonymous-signin, and send 'Authorization: Bearer <id_token>'.");
    }
    if (path.equals("/create-room")) {
      return createRoom(subject.get());
    }
    Optional<ObjectNode> request = Json.parse(body);
    Optional<String> peer = request.flatMap(json -> Json.text(json, "peer_id"));
    Optional<String> room = request.flatMap(json -> Json.text(json, "room_id"));
    if (path.equals("/delete-peers-and-room")) {
      return deleteRooms(peer, room, subject.get());
    }
    return peer.map(id -> deletePeer(id, subject.get()))
        .orElseGet(() -> HttpReply.error(422, "Send a JSON object with 'peer_id'."));
  }

  private HttpReply createRoom(String subject) throws IOException {
    try {
      Rooms.Created room = rooms.create(subject);
      LOG.info("Room '{}' was made", room.id());
      return HttpReply.ok(Json.object().put("room_id", room.id()).put("token", room.token()));
    } catch (Refusal e) {
      return HttpReply.error(429, e.getMessage());
    }
  }

  private HttpReply deletePeer(String peerId, String subject) {
    boolean deleted = false;
    for (Room room : rooms.all()) {
      deleted |= room.deletePeer(peerId, subject);
    }
    return deleted
        ? HttpReply.ok(Json.object().put("status", "deleted").put("peer_id", peerId))
        : HttpReply.error(403, "You own no peer of this id.");
  }

  private HttpReply deleteRooms(Optional<String> peer, Optional<String> room, String subject)
      throws IOException {
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
