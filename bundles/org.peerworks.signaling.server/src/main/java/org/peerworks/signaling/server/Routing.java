package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.peerworks.signaling.server.basic.Json;
import org.peerworks.signaling.server.basic.Refusal;

/** What registered peers may ask for. Never acts for anybody but the socket's own peer. */
final class Routing {

  /** Each of these, wherever it stands, says who the sender is. */
  private static final List<String> SENDER_FIELDS = List.of("sender", "from_peer_id", "peer_id");

  private final Limits limits;
  private final Relay relay;

  Routing(Limits limits, Relay relay) {
    this.limits = limits;
    this.relay = relay;
  }

  void handle(String type, ObjectNode message, Registration.Place place) {
    Member member = place.member();
    for (String field : SENDER_FIELDS) {
      JsonNode claimed = message.get(field);
      if (claimed != null && !claimed.equals(message.textNode(member.id()))) {
        refuse(
            member,
            Replies.INVALID_MESSAGE,
            "'" + field + "' must be '" + member.id() + "', the peer of this connection.",
            type);
        return;
      }
    }
    switch (type) {
      case "discover_peers" -> discover(message, place);
      case "update_metadata" -> update(message, member);
      case "job_status", "job_progress", Questions.ANSWER -> relay.fromWorker(message, place);
      case "ping", "pong" -> {
        // Shows that the peer lives, which was noted when it arrived.
      }
      default -> forward(type, message, place);
    }
  }

  private static void discover(ObjectNode message, Registration.Place place) {
    PeerFilter filter = PeerFilter.of(message.path("filters"));
    Member member = place.member();
    ObjectNode reply = Replies.typed("peer_list").put("to_peer_id", member.id());
    ArrayNode peers = reply.putArray("peers");
    for (Member other : place.room().others(member.id())) {
      if (filter.matches(other.role(), other.metadata())) {
        peers.add(other.toJson());
      }
    }
    member.socket().send(reply.put("count", peers.size()));
  }

  private void update(ObjectNode message, Member member) {
    try {
      member.describe(member.metadata().with(message.get("metadata"), limits.metadataBytes()));
    } catch (Refusal e) {
      refuse(member, Replies.INVALID_MESSAGE, e.getMessage(), "update_metadata");
      return;
    }
    ObjectNode reply = Replies.typed("metadata_updated");
    reply.set("metadata", member.metadata().toJson());
    member.socket().send(reply);
  }

  private static void forward(String type, ObjectNode message, Registration.Place place) {
    Member member = place.member();
    Optional<Route> known = Route.of(type);
    if (known.isEmpty()) {
      refuse(
          member,
          Replies.UNKNOWN_MESSAGE_TYPE,
          "This server knows no messages of type '" + shortened(type) + "'.",
          "");
      return;
    }
    Route route = known.get();
    Optional<String> target = Json.text(message, route.target());
    if (target.isEmpty()) {
      refuse(
          member,
          Replies.INVALID_MESSAGE,
          "'" + route.target() + "' must be the id of a peer in this room.",
          type);
      return;
    }
    Optional<Member> receiver = place.room().member(target.get());
    if (receiver.isPresent()) {
      message.put("type", route.arrivesAs()).put(route.sender(), member.id());
      receiver.get().socket().send(message);
    } else if (route.reported()) {
      refuse(
          member,
          Replies.PEER_NOT_FOUND,
          "No peer '" + shortened(target.get()) + "' is in this room now.",
          type);
    }
  }

  private static void refuse(Member member, String code, String text, String request) {
    member.socket().send(Replies.error(code, text, request));
  }

  private static String shortened(String text) {
    return text.length() <= 128 ? text : text.substring(0, 128) + "…";
  }
}
