package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.peerworks.signaling.server.basic.Json;
import org.peerworks.signaling.server.basic.Refusal;

/** Turns a {@code register} message into a member of a room, or refuses. Thread-safe. */
final class Registration {

  /** No white space and no control characters: ids stand in tables, logs and session strings. */
  private static final Pattern PEER_ID = Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S}]{1,128}");

  private static final Set<String> ROLES = Set.of(Member.WORKER, Member.CLIENT, Member.PEER);

  private final Admissions admissions;
  private final Limits limits;
  private final Clock clock;

  Registration(Admissions admissions, Limits limits, Clock clock) {
    this.admissions = admissions;
    this.limits = limits;
    this.clock = clock;
  }

  /** Where a member is. */
  record Place(Room room, Member member) {}

  /** Empty, and a reply sent, if the proof of an anonymous sign-in proves nothing. */
  Optional<Place> register(ObjectNode message, PeerSocket socket) throws Refusal, IOException {
    Optional<Admissions.Admitted> admitted = admissions.admit(message);
    if (admitted.isEmpty()) {
      socket.send(Replies.badIdToken());
      return Optional.empty();
    }
    String peerId = Admissions.required(message, "peer_id");
    if (!PEER_ID.matcher(peerId).matches()) {
      throw new Refusal("'peer_id' must be 1 to 128 letters, digits or signs without spaces.");
    }
    Room room = admitted.get().room();
    Entitled who = admitted.get().who();
    if (who.secrets().stream().anyMatch(peerId::contains)) {
      throw new Refusal("'peer_id' holds a secret, and everybody in the room can read it.");
    }
    Member member = new Member(peerId, who, role(message), clock.instant(), socket);
    member.describe(member.metadata().with(message.get("metadata"), limits.metadataBytes()));
    room.join(member, limits, clock.instant(), joined -> welcome(joined, member, message));
    return Optional.of(new Place(room, member));
  }

  /**
   * Workers of the third generation register again on the same connection when a client has left.
   *
   * @return whether it is the same peer in the same room, by the same right; it has been answered
   */
  boolean again(ObjectNode message, Place place) throws Refusal, IOException {
    Member member = place.member();
    boolean same = Json.text(message, "peer_id").filter(member.id()::equals).isPresent();
    Optional<Admissions.Admitted> admitted = same ? admissions.admit(message) : Optional.empty();
    boolean mayStay =
        admitted
            .filter(now -> now.room() == place.room())
            .filter(now -> now.who().subject().equals(member.subject()))
            .isPresent();
    if (mayStay) {
      member.describe(member.metadata().with(message.get("metadata"), limits.metadataBytes()));
      place.room().greet(room -> welcome(room, member, message));
    }
    return mayStay;
  }

  private static void welcome(Room room, Member member, ObjectNode message) {
    boolean asksForAdmin = message.path("is_admin").asBoolean();
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
    reply.put("room_id", room.id()).put("token", Json.text(message, "token").orElse(""));
    reply.put("peer_id", member.id());
    reply.put("admin_peer_id", admin.orElse(null));
    ArrayNode ids = reply.putArray("peer_list");
    ObjectNode descriptions = reply.putObject("peer_metadata");
    for (Member other : room.others(member.id())) {
      ids.add(other.id());
      descriptions.set(other.id(), other.description());
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
}
