package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.peerworks.signaling.server.basic.Json;

/**
 * What accounts have to do with a room. Immutable.
 *
 * @param name for people; empty for none
 * @param members accounts that may enter, by id, oldest first; the owner is one of them
 * @param tokens by public part, oldest first
 */
record RoomDetails(
    String name,
    Instant createdAt,
    Lease lease,
    Map<String, Seat> members,
    Map<String, WorkerToken> tokens) {

  RoomDetails {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    tokens = Collections.unmodifiableMap(new LinkedHashMap<>(tokens));
  }

  /** What an account may do in a room. */
  enum Role {
    /** Everything. */
    owner,
    /** Enter, and see who is there. */
    member
  }

  /** An account's membership. */
  record Seat(Role role, Instant joinedAt) {}

  /** A room that nobody with an account has to do with. */
  static RoomDetails anonymous(Instant now) {
    return new RoomDetails("", now, Lease.WHILE_USED, Map.of(), Map.of());
  }

  static RoomDetails owned(String name, String owner, Lease lease, Instant now) {
    return new RoomDetails(name, now, lease, Map.of(owner, new Seat(Role.owner, now)), Map.of());
  }

  Optional<Role> role(String userId) {
    return Optional.ofNullable(members.get(userId)).map(Seat::role);
  }

  /** Whether somebody who was let in a moment ago still may come. */
  boolean stillOpenTo(Entitled who) {
    if (who.subject().startsWith("user-")) {
      return members.containsKey(who.subject());
    }
    return who.means().isEmpty()
        || Optional.ofNullable(tokens.get(who.means()))
            .filter(token -> token.revokedAt().isEmpty())
            .isPresent();
  }

  RoomDetails named(String newName) {
    return new RoomDetails(newName, createdAt, lease, members, tokens);
  }

  RoomDetails with(Lease newLease) {
    return new RoomDetails(name, createdAt, newLease, members, tokens);
  }

  RoomDetails withMember(String userId, Instant now) {
    Map<String, Seat> more = new LinkedHashMap<>(members);
    more.putIfAbsent(userId, new Seat(Role.member, now));
    return new RoomDetails(name, createdAt, lease, more, tokens);
  }

  RoomDetails withoutMember(String userId) {
    Map<String, Seat> rest = new LinkedHashMap<>(members);
    rest.remove(userId);
    return new RoomDetails(name, createdAt, lease, rest, tokens);
  }

  /** In place of one of the same id, if there is one. */
  RoomDetails with(WorkerToken token) {
    Map<String, WorkerToken> more = new LinkedHashMap<>(tokens);
    more.put(token.id(), token);
    return new RoomDetails(name, createdAt, lease, members, more);
  }

  RoomDetails withoutTokens(Predicate<WorkerToken> which) {
    Map<String, WorkerToken> rest = new LinkedHashMap<>(tokens);
    rest.values().removeIf(which);
    return new RoomDetails(name, createdAt, lease, members, rest);
  }

  void addTo(ObjectNode json) {
    if (!name.isEmpty()) {
      json.put("name", name);
    }
    json.put("created_at", createdAt.toString());
    lease.addTo(json);
    ObjectNode people = json.putObject("members");
    members.forEach(
        (user, seat) ->
            people
                .putObject(user)
                .put("role", seat.role().name())
                .put("joined_at", seat.joinedAt().toString()));
    ObjectNode own = json.putObject("tokens");
    tokens.forEach((id, token) -> own.set(id, token.toJson()));
  }

  /**
   * @param since for a room of before there were accounts
   */
  static RoomDetails of(JsonNode json, Instant since) {
    Map<String, Seat> members = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : json.path("members").properties()) {
      members.put(member.getKey(), seat(member.getValue()));
    }
    Map<String, WorkerToken> tokens = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> token : json.path("tokens").properties()) {
      tokens.put(token.getKey(), WorkerToken.fromJson(token.getKey(), token.getValue()));
    }
    return new RoomDetails(
        Json.text(json, "name").orElse(""),
        Json.text(json, "created_at").map(Instant::parse).orElse(since),
        Lease.of(json),
        members,
        tokens);
  }

  private static Seat seat(JsonNode json) {
    String joined =
        Json.text(json, "joined_at")
            .orElseThrow(() -> new DateTimeException("Missing 'joined_at'"));
    Role role = json.path("role").asText().equals("owner") ? Role.owner : Role.member;
    return new Seat(role, Instant.parse(joined));
  }
}
