package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.peerworks.signaling.server.accounts.AccountKey;
import org.peerworks.signaling.server.accounts.Logins;
import org.peerworks.signaling.server.accounts.User;
import org.peerworks.signaling.server.accounts.Users;
import org.peerworks.signaling.server.basic.Json;
import org.peerworks.signaling.server.basic.Refusal;

/**
 * Judges what a registration is proven with, in the words and the order of the sleap-rtc wire
 * format: a key, a login, or the proof of an anonymous sign-in. Thread-safe.
 */
final class Admissions {

  private static final String MISSING = "Missing required fields during registration.";
  private static final String NO_ACCESS = "No access to this room";

  private final Rooms rooms;
  private final IdTokens idTokens;
  private final Users users;
  private final Logins logins;
  private final Clock clock;

  Admissions(Rooms rooms, IdTokens idTokens, Users users, Logins logins, Clock clock) {
    this.rooms = rooms;
    this.idTokens = idTokens;
    this.users = users;
    this.logins = logins;
    this.clock = clock;
  }

  /** Who may enter which room. */
  record Admitted(Room room, Entitled who) {}

  /** Empty if the proof of an anonymous sign-in proves nothing. */
  Optional<Admitted> admit(ObjectNode message) throws Refusal, IOException {
    Optional<String> key = given(message, "api_key");
    if (key.isPresent()) {
      return Optional.of(
          key.get().startsWith(AccountKey.PREFIX)
              ? withAccountKey(key.get(), message)
              : withWorkerToken(key.get()));
    }
    Optional<String> jwt = given(message, "jwt");
    if (jwt.isPresent()) {
      return Optional.of(withLogin(jwt.get(), message));
    }
    Optional<String> idToken = given(message, "id_token");
    if (idToken.isPresent()) {
      return withSignIn(idToken.get(), message);
    }
    throw new Refusal("No authentication provided. Use api_key, jwt, or id_token.");
  }

  private Admitted withWorkerToken(String key) throws Refusal {
    Optional<WorkerToken.Named> named = WorkerToken.named(key);
    Room room =
        named
            .flatMap(token -> rooms.find(token.room()))
            .orElseThrow(() -> new Refusal("Invalid API key"));
    WorkerToken token =
        Optional.ofNullable(room.details().tokens().get(named.get().id()))
            .filter(known -> known.is(key))
            .orElseThrow(() -> new Refusal("Invalid API key"));
    if (token.revokedAt().isPresent()) {
      throw new Refusal("Token revoked");
    }
    if (token.expired(clock.instant())) {
      throw new Refusal("Token expired");
    }
    return new Admitted(
        open(room), new Entitled(token.id(), token.id(), token.worker(), List.of(key)));
  }

  private Admitted withAccountKey(String key, ObjectNode message) throws Refusal {
    User user = users.byKey(key).orElseThrow(() -> new Refusal("Invalid API key"));
    Room room = roomOf(user, message, "room_id required for account key auth");
    String id = AccountKey.idOf(key).orElseThrow(() -> new Refusal("Invalid API key"));
    return new Admitted(room, new Entitled(user.id(), id, "", List.of(key)));
  }

  private Admitted withLogin(String jwt, ObjectNode message) throws Refusal, IOException {
    User user = logins.user(jwt).orElseThrow(() -> new Refusal("JWT validation failed"));
    Room room = roomOf(user, message, "room_id required for JWT auth");
    return new Admitted(room, new Entitled(user.id(), "", "", List.of(jwt)));
  }

  /** Of a room that is not there a stranger hears the same as of one that is not his. */
  private Room roomOf(User user, ObjectNode message, String withoutRoom) throws Refusal {
    String id = given(message, "room_id").orElseThrow(() -> new Refusal(withoutRoom));
    Room room =
        rooms
            .find(id)
            .filter(known -> known.details().role(user.id()).isPresent())
            .orElseThrow(() -> new Refusal(NO_ACCESS));
    return open(room);
  }

  private Optional<Admitted> withSignIn(String idToken, ObjectNode message) throws Refusal {
    Optional<String> subject = idTokens.subject(idToken);
    if (subject.isEmpty()) {
      return Optional.empty();
    }
    required(message, "peer_id");
    Room room =
        rooms.find(required(message, "room_id")).orElseThrow(() -> new Refusal("Room not found"));
    String token = required(message, "token");
    if (!room.opensWith(token)) {
      throw new Refusal("Invalid token");
    }
    return Optional.of(
        new Admitted(open(room), new Entitled(subject.get(), "", "", List.of(token, idToken))));
  }

  private Room open(Room room) throws Refusal {
    Instant now = clock.instant();
    if (room.details().lease().end().filter(now::isAfter).isPresent()) {
      throw new Refusal("Room expired");
    }
    return room;
  }

  /** A field that is there, and not null or empty, as some programs send what they do not have. */
  private static Optional<String> given(JsonNode message, String field) {
    return Json.text(message, field).filter(text -> !text.isEmpty());
  }

  static String required(ObjectNode message, String field) throws Refusal {
    return given(message, field).orElseThrow(() -> new Refusal(MISSING));
  }
}
