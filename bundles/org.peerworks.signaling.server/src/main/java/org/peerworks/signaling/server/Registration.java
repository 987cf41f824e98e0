package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns a {@code register} message into a member of a room, or refuses. Thread-safe. */
final class Registration {

  /** No white space and no control characters: ids stand in tables, logs and session strings. */
  private static final Pattern PEER_ID = Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S}]{1,128}");

  private static final Set<String> ROLES = Set.of(Member.WORKER, Member.CLIENT, Member.PEER);

  private final Rooms rooms;
  private final IdTokens tokens;
  private final Limits limits;
  private final Clock clock;

  Registration(Rooms rooms, IdTokens tokens, Limits limits, Clock clock) {
    this.rooms = rooms;
    this.tokens = tokens;
    this.limits = limits;
    this.clock = clock;
  }

  /** Where a member is. */
  record Place(Room room, Member member) {}

  /** Empty, and a reply sent, if the token of the sign-in proves nothing. */
  Optional<Place> register(ObjectNode message, PeerSocket socket) throws Refusal, IOException {
    Optional<String> idToken = Json.text(message, "id_token");
    if (idToken.isEmpty()) {
      throw new Refusal(
          "No authentication provided. Use id_token; this server has no api_key or jwt.");
    }
    Optional<String> subject = tokens.subject(idToken.get());
    if (subject.isEmpty()) {
      socket.send(Replies.badIdToken());
      return Optional.empty();
    }
    String peerId = required(message, "peer_id");
    Room room =
        rooms.find(required(message, "room_id")).orElseThrow(() -> new Refusal("Room not found"));
    String token = required(message, "token");
    if (!room.opensWith(token)) {
      throw new Refusal("Invalid token");
    }
    if (!PEER_ID.matcher(peerId).matches()) {
      throw new Refusal("'peer_id' must be 1 to 128 letters, digits or signs without spaces.");
    }
    Member member =
        new Member(
            peerId,
            subject.get(),
            role(message),
            List.of(token, idToken.get()),
            clock.instant(),
            socket);
    member.describe(member.metadata().with(message.get("metadata"), limits.metadataBytes()));
    boolean asksForAdmin = message.path("is_admin").asBoolean();
    room.join(
        member, limits, clock.instant(), joined -> welcome(joined, member, token, asksForAdmin));
    return Optional.of(new Place(room, member));
  }

  private static void welcome(Room room, Member member, String token, boolean asksForAdmin) {
    Optional<String> admin = room.admin(member, asksForAdmin);
    if (asksForAdmin && admin.filter(member.id()::equals).isEmpty()) {
      member
          .socket()
          .send(
              Replies.typed("admin_conflict")
                  .put("room_id", room.id())
                  .put("current_admin", admin.orElse("")));
    }
    ObjectNode reply = Replies.typed("registered_auth");
    reply.put("room_id", room.id()).put("token", token).put("peer_id", member.id());
    reply.put("admin_peer_id", admin.orElse(null));
    ArrayNode ids = reply.putArray("peer_list");
    ObjectNode descriptions = reply.putObject("peer_metadata");
    for (Member other : room.others(member.id())) {
      ids.add(other.id());
      descriptions.set(other.id(), other.metadata().toJson());
    }
    reply.putArray("ice_servers");
    reply.putArray("mesh_ice_servers");
    member.socket().send(reply);
  }

  private static String role(JsonNode message) throws Refusal {
    JsonNode role = message.path("role");
    if (role.isMissingNode() || role.isNull()) {
      return Member.PEER;
    }
    if (!ROLES.contains(role.asText())) {
      throw new Refusal("'role' must be one of 'worker', 'client' and 'peer'.");
    }
    return role.asText();
  }

  private static String required(ObjectNode message, String field) throws Refusal {
    return Json.text(message, field)
        .filter(text -> !text.isEmpty())
        .orElseThrow(() -> new Refusal("Missing required fields during registration."));
  }
}
