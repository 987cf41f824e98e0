package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.peerworks.signaling.server.basic.Json;

/**
 * What is kept of a room.
 *
 * @param tokenHash SHA-256 of the token that lets peers in
 * @param owner signed-in name, or id of the account, that made it
 * @param lastWorker when a worker was last seen
 */
record RoomRecord(
    String id,
    String tokenHash,
    String owner,
    Instant lastWorker,
    Claims claims,
    RoomDetails details) {

  private static final int FORMAT = 1;

  String toJson() {
    ObjectNode json = Json.object();
    json.put("format", FORMAT).put("room_id", id).put("token_sha256", tokenHash);
    json.put("owner", owner).put("last_worker", lastWorker.toString());
    details.addTo(json);
    ObjectNode peers = json.putObject("peers");
    claims
        .all()
        .forEach(
            (peer, claim) ->
                peers.putObject(peer).put("owner", claim.subject()).put("worker", claim.worker()));
    return json.toString();
  }

  /** Empty if the text is no such record. */
  static Optional<RoomRecord> fromJson(String text) {
    Optional<ObjectNode> parsed =
        Json.parse(text).filter(json -> json.path("format").asInt() == FORMAT);
    if (parsed.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode json = parsed.get();
    try {
      Claims claims = new Claims();
      for (Map.Entry<String, JsonNode> peer : json.path("peers").properties()) {
        claims
            .all()
            .put(
                peer.getKey(),
                new Claims.Claim(
                    required(peer.getValue(), "owner"),
                    peer.getValue().path("worker").asBoolean()));
      }
      Instant lastWorker = Instant.parse(required(json, "last_worker"));
      return Optional.of(
          new RoomRecord(
              required(json, "room_id"),
              required(json, "token_sha256"),
              required(json, "owner"),
              lastWorker,
              claims,
              RoomDetails.of(json, lastWorker)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String required(JsonNode json, String field) {
    return Json.text(json, field)
        .orElseThrow(() -> new DateTimeException("Missing '" + field + "'"));
  }
}
