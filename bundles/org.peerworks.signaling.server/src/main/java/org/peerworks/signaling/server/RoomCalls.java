package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.peerworks.signaling.server.accounts.User;
import org.peerworks.signaling.server.accounts.Users;
import org.peerworks.signaling.server.basic.Json;
import org.peerworks.signaling.server.basic.Refusal;

/**
 * The rooms of accounts (sleap-rtc wire format, third generation). Their times are seconds since
 * 1970, as the sleap-rtc programs read them.
 */
final class RoomCalls {

  private static final int DEFAULT_DAYS = 30;
  private static final int LONGEST_NAME = 100;

  private static final Map<String, Comparator<ObjectNode>> ORDERS =
      Map.of(
          "name", Comparator.comparing(room -> room.path("name").asText().toLowerCase(Locale.ROOT)),
          "created_at", Comparator.comparingLong(room -> room.path("created_at").asLong()),
          "joined_at", Comparator.comparingLong(room -> room.path("joined_at").asLong()),
          "expires_at",
              Comparator.comparingLong(room -> room.path("expires_at").asLong(Long.MAX_VALUE)),
          "role", Comparator.comparing(room -> room.path("role").asText()));

  private final Rooms rooms;
  private final Users users;
  private final Callers callers;
  private final Members members;
  private final Clock clock;

  RoomCalls(Rooms rooms, Users users, Callers callers, Members members, Clock clock) {
    this.rooms = rooms;
    this.users = users;
    this.callers = callers;
    this.members = members;
    this.clock = clock;
  }

  void addTo(Router router) {
    router
        .on("GET", "/api/auth/rooms", this::list)
        .on("POST", "/api/auth/rooms", this::create)
        .on("POST", "/api/auth/rooms/join", this::join)
        .on("GET", "/api/auth/rooms/{room}", this::show)
        .on("PATCH", "/api/auth/rooms/{room}", this::change)
        .on("DELETE", "/api/auth/rooms/{room}", this::delete)
        .on("POST", "/api/auth/rooms/{room}/invite", this::invite)
        .on("GET", "/api/auth/rooms/{room}/members", this::members)
        .on("DELETE", "/api/auth/rooms/{room}/members/{user}", this::removeMember);
  }

  private HttpReply list(HttpCall call) throws Refusal, IOException {
    User user = callers.user(call);
    String role = call.parameter("role").filter(word -> !word.equals("all")).orElse("");
    String words = call.parameter("search").orElse("").toLowerCase(Locale.ROOT);
    Comparator<ObjectNode> order =
        ORDERS.getOrDefault(call.parameter("sort_by").orElse(""), ORDERS.get("joined_at"));
    boolean down = call.parameter("sort_order").filter("desc"::equals).isPresent();
    List<ObjectNode> found =
        rooms.ofMember(user.id()).stream()
            .map(room -> describe(room, user))
            .filter(room -> role.isEmpty() || room.path("role").asText().equals(role))
            .filter(
                room ->
                    room.path("name").asText().toLowerCase(Locale.ROOT).contains(words)
                        || room.path("room_id").asText().contains(words))
            .sorted(down ? order.reversed() : order)
            .toList();
    ObjectNode reply = Json.object();
    reply.putArray("rooms").addAll(found);
    return HttpReply.ok(reply.put("count", found.size()));
  }

  private HttpReply create(HttpCall call) throws Refusal, IOException {
    User user = callers.user(call);
    String name = name(call.json()).orElse("");
    Lease lease =
        lease(call.json())
            .orElseGet(() -> Lease.until(clock.instant().plus(Duration.ofDays(DEFAULT_DAYS))));
    Rooms.Created made;
    try {
      made = rooms.create(user.id(), name, lease);
    } catch (Refusal e) {
      throw new HttpRefusal(429, e.getMessage());
    }
    Room room = rooms.find(made.id()).orElseThrow(() -> new IOException("The room has gone."));
    return HttpReply.ok(describe(room, user).put("room_token", made.token()));
  }

  private HttpReply show(HttpCall call) throws Refusal, IOException {
    User user = callers.user(call);
    Room room = callers.member(user, call.part("room"));
    ObjectNode reply = describe(room, user);
    reply.set("members", people(room));
    return HttpReply.ok(reply);
  }

  private HttpReply change(HttpCall call) throws Refusal, IOException {
    Room room = callers.owned(call);
    Optional<String> name = name(call.json());
    Optional<Lease> lease = lease(call.json());
    if (name.isEmpty() && lease.isEmpty()) {
      throw new HttpRefusal(422, "Send 'name' or 'expires_in_days'.");
    }
    room.change(
        now -> {
          RoomDetails named = name.map(now::named).orElse(now);
          return lease.map(named::with).orElse(named);
        });
    return HttpReply.ok(describe(room, callers.user(call)));
  }

  private HttpReply delete(HttpCall call) throws Refusal, IOException {
    Room room = callers.owned(call);
    members.delete(room);
    return HttpReply.ok(
        Json.object().put("status", "deleted").put("deleted", true).put("room_id", room.id()));
  }

  private HttpReply invite(HttpCall call) throws Refusal, IOException {
    Room room = callers.owned(call);
    String code = members.invite(room);
    return HttpReply.ok(
        Json.object()
            .put("invite_code", code)
            .put("room_id", room.id())
            .put("expires_in_seconds", Invites.LIFETIME.toSeconds())
            .put("expires_at", clock.instant().plus(Invites.LIFETIME).toString()));
  }

  private HttpReply join(HttpCall call) throws Refusal, IOException {
    User user = callers.user(call);
    String code =
        call.text("invite_code")
            .orElseThrow(() -> new HttpRefusal(422, "Send a JSON object with 'invite_code'."));
    return HttpReply.ok(describe(members.join(code, call.caller(), user), user));
  }

  private HttpReply members(HttpCall call) throws Refusal, IOException {
    ArrayNode people = people(callers.member(callers.user(call), call.part("room")));
    ObjectNode reply = Json.object().put("count", people.size());
    reply.set("members", people);
    return HttpReply.ok(reply);
  }

  /** By the owner, or by the member itself. */
  private HttpReply removeMember(HttpCall call) throws Refusal, IOException {
    User user = callers.user(call);
    String leaving = call.part("user");
    Room room =
        leaving.equals(user.id())
            ? callers.member(user, call.part("room"))
            : callers.owned(user, call.part("room"));
    if (!members.remove(room, leaving)) {
      throw new HttpRefusal(404, "This room has no such member.");
    }
    return HttpReply.ok(Json.object().put("status", "removed").put("user_id", leaving));
  }

  private ObjectNode describe(Room room, User user) {
    RoomDetails details = room.details();
    ObjectNode json = Json.object().put("room_id", room.id());
    json.put("name", details.name().isEmpty() ? room.id() : details.name());
    Optional.ofNullable(details.members().get(user.id()))
        .ifPresent(
            seat ->
                json.put("role", seat.role().name())
                    .put("joined_at", seat.joinedAt().getEpochSecond()));
    json.put("created_by", name(room.owner()));
    json.put("created_at", details.createdAt().getEpochSecond());
    json.put("expires_at", details.lease().end().map(end -> end.getEpochSecond()).orElse(null));
    return json;
  }

  private ArrayNode people(Room room) {
    ArrayNode people = Json.object().arrayNode();
    room.details()
        .members()
        .forEach(
            (id, seat) ->
                people
                    .addObject()
                    .put("user_id", id)
                    .put("username", name(id))
                    .put("role", seat.role().name())
                    .put("joined_at", seat.joinedAt().getEpochSecond()));
    return people;
  }

  private String name(String userId) {
    return users.find(userId).map(User::name).orElse(userId);
  }

  private static Optional<String> name(ObjectNode json) throws HttpRefusal {
    JsonNode given = json.path("name");
    if (given.isMissingNode() || given.isNull()) {
      return Optional.empty();
    }
    String name = given.asText().strip();
    if (!given.isTextual()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new HttpRefusal(
          422, "'name' must be a text of at most " + LONGEST_NAME + " characters on one line.");
    }
    return Optional.of(name);
  }

  /** Null is for ever; empty if nothing is said. */
  private Optional<Lease> lease(ObjectNode json) throws HttpRefusal {
    JsonNode days = json.path("expires_in_days");
    if (days.isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(
        days.isNull() ? Lease.FOREVER : Lease.until(Days.from(days, clock.instant())));
  }
}
