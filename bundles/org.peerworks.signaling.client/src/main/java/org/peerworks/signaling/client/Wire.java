package org.peerworks.signaling.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.peerworks.signaling.api.IceServer;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.PeerQuery;
import org.peerworks.signaling.api.Role;
import org.peerworks.signaling.api.Signal;

/** Between the contract's records and the messages of the sleap-rtc wire format. */
final class Wire {

  /** What a server passes on for people who cannot connect; it never lets peers send these. */
  private static final Set<String> OF_SERVER = Set.of("job_assigned", "job_cancel", "fs_list_req");

  private Wire() {}

  static boolean isOfServer(ObjectNode json) {
    return OF_SERVER.contains(json.path("type").asText());
  }

  static ObjectNode register(Place place, PeerInfo self) {
    ObjectNode message = Json.typed("register");
    message.put("peer_id", self.id()).put("token", place.token()).put("role", name(self.role()));
    if (!place.roomId().isEmpty()) {
      message.put("room_id", place.roomId());
    }
    place.pass().prove(message);
    message.set("metadata", metadata(self));
    return message;
  }

  static ObjectNode discover(String self, PeerQuery query) {
    ObjectNode message = Json.typed("discover_peers").put("from_peer_id", self);
    ObjectNode filters = message.putObject("filters");
    if (query.role() != Role.PEER) {
      filters.put("role", name(query.role()));
    }
    if (!query.anyTag().isEmpty()) {
      filters.set("tags", Json.tree(query.anyTag()));
    }
    if (!query.properties().isEmpty()) {
      ObjectNode properties = filters.putObject("properties");
      query.properties().forEach((name, wanted) -> properties.set(name, condition(wanted)));
    }
    return message;
  }

  private static JsonNode condition(PeerQuery.Condition wanted) {
    if (wanted instanceof PeerQuery.Condition.AtLeast atLeast) {
      return Json.object().put("$gte", atLeast.least());
    }
    if (wanted instanceof PeerQuery.Condition.AtMost atMost) {
      return Json.object().put("$lte", atMost.most());
    }
    ObjectNode equal = Json.object();
    equal.set("$eq", Json.tree(((PeerQuery.Condition.Equal) wanted).value()));
    return equal;
  }

  /** With the tags, as some servers forget what is not said again. */
  static ObjectNode update(PeerInfo self) {
    ObjectNode message = Json.typed("update_metadata").put("peer_id", self.id());
    message.set("metadata", metadata(self));
    return message;
  }

  /**
   * @throws IllegalArgumentException if a message's payload is no JSON
   */
  static ObjectNode signal(String self, Signal signal) {
    if (signal instanceof Signal.Message message) {
      ObjectNode json = Json.typed("peer_message").put("from_peer_id", self);
      json.put("to_peer_id", message.peer());
      json.set(
          "payload",
          Json.value(message.json())
              .orElseThrow(
                  () -> new IllegalArgumentException("The payload of a message must be JSON.")));
      return json;
    }
    ObjectNode json = Json.typed(type(signal)).put("sender", self).put("target", signal.peer());
    if (signal instanceof Signal.Offer offer) {
      json.put("sdp", offer.sdp());
    } else if (signal instanceof Signal.Answer answer) {
      json.put("sdp", answer.sdp());
    } else if (signal instanceof Signal.Candidate candidate) {
      json.putObject("candidate")
          .put("candidate", candidate.candidate())
          .put("sdpMid", candidate.sdpMid())
          .put("sdpMLineIndex", candidate.sdpMLineIndex());
    }
    return json;
  }

  /** Empty if it is no signal, or not a well-formed one. */
  static Optional<Signal> signal(ObjectNode json) {
    String type = json.path("type").asText();
    if (type.equals("peer_message")) {
      JsonNode payload = json.path("payload");
      return Json.text(json, "from_peer_id")
          .filter(from -> !payload.isMissingNode())
          .map(from -> new Signal.Message(from, payload.toString()));
    }
    return Json.text(json, "sender").flatMap(sender -> fromSender(type, sender, json));
  }

  static List<PeerInfo> peers(ObjectNode peerList, String self) {
    List<PeerInfo> peers = new ArrayList<>();
    for (JsonNode peer : peerList.path("peers")) {
      Json.text(peer, "peer_id")
          .filter(id -> !id.equals(self))
          .ifPresent(id -> peers.add(peer(id, peer)));
    }
    return peers;
  }

  static List<IceServer> iceServers(ObjectNode registered) {
    List<IceServer> servers = new ArrayList<>();
    for (JsonNode server : registered.path("ice_servers")) {
      List<String> urls = new ArrayList<>();
      JsonNode given = server.path("urls");
      if (given.isTextual()) {
        urls.add(given.textValue());
      } else {
        given.forEach(url -> urls.add(url.asText()));
      }
      servers.add(
          new IceServer(
              urls, server.path("username").asText(""), server.path("credential").asText("")));
    }
    return List.copyOf(servers);
  }

  /** What an error of any of the wire's three shapes says; empty if the message is none. */
  static Optional<String> error(ObjectNode json) {
    boolean typed = json.path("type").asText().equals("error");
    if (!typed && (json.has("type") || !json.has("error"))) {
      return Optional.empty();
    }
    for (String field : List.of("reason", "message", "error", "code")) {
      Optional<String> text = Json.text(json, field);
      if (text.isPresent()) {
        return text.map(Json::shown);
      }
    }
    return Optional.of("no reason given");
  }

  private static Optional<Signal> fromSender(String type, String sender, ObjectNode json) {
    return switch (type) {
      case "offer" -> Json.text(json, "sdp").map(sdp -> new Signal.Offer(sender, sdp));
      case "answer" -> Json.text(json, "sdp").map(sdp -> new Signal.Answer(sender, sdp));
      case "candidate" -> Optional.of(candidate(sender, json.path("candidate")));
      case "quit" -> Optional.of(new Signal.Quit(sender));
      default -> Optional.empty();
    };
  }

  /** Browsers send an object; a bare text and nothing at all (end of candidates) occur too. */
  private static Signal candidate(String sender, JsonNode json) {
    return json.isTextual()
        ? new Signal.Candidate(sender, json.textValue(), "", 0)
        : new Signal.Candidate(
            sender,
            json.path("candidate").asText(""),
            json.path("sdpMid").asText(""),
            json.path("sdpMLineIndex").asInt(0));
  }

  private static PeerInfo peer(String id, JsonNode json) {
    JsonNode metadata = json.path("metadata");
    List<String> tags = new ArrayList<>();
    metadata.path("tags").forEach(tag -> tags.add(tag.asText()));
    Map<String, Object> properties = new HashMap<>();
    for (Map.Entry<String, JsonNode> property : metadata.path("properties").properties()) {
      if (!property.getValue().isNull()) {
        properties.put(property.getKey(), Json.plain(property.getValue()));
      }
    }
    return new PeerInfo(id, role(json.path("role").asText()), tags, properties);
  }

  private static ObjectNode metadata(PeerInfo self) {
    ObjectNode metadata = Json.object();
    metadata.set("tags", Json.tree(self.tags()));
    metadata.set("properties", Json.tree(self.properties()));
    return metadata;
  }

  private static String type(Signal signal) {
    return signal.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String name(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static Role role(String name) {
    return switch (name) {
      case "worker" -> Role.WORKER;
      case "client" -> Role.CLIENT;
      default -> Role.PEER;
    };
  }
}
