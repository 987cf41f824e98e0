package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.peerworks.signaling.server.accounts.User;
import org.peerworks.signaling.server.basic.Json;
import org.peerworks.signaling.server.basic.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Worker tokens of rooms (sleap-rtc wire format, third generation). A token is told whole once, as
 * {@code token_id}, which is where the sleap-rtc programs look for it; lists have its public part
 * only, and every call takes either.
 */
final class TokenCalls {

  private static final Logger LOG = LoggerFactory.getLogger(TokenCalls.class);
  private static final int DEFAULT_DAYS = 7;
  private static final int LONGEST_NAME = 100;

  private final Rooms rooms;
  private final Callers callers;
  private final Members members;
  private final Limits limits;
  private final Clock clock;

  TokenCalls(Rooms rooms, Callers callers, Members members, Limits limits, Clock clock) {
    this.rooms = rooms;
    this.callers = callers;
    this.members = members;
    this.limits = limits;
    this.clock = clock;
  }

  void addTo(Router router) {
    router
        .on("POST", "/api/auth/token", this::create)
        .on("GET", "/api/auth/tokens", this::list)
        .on("DELETE", "/api/auth/token/{token}", this::revoke)
        .on("DELETE", "/api/auth/tokens/{token}", this::delete)
        .on("DELETE", "/api/auth/tokens", this::deleteInactive)
        .on("GET", "/api/auth/tokens/{token}/workers", this::workers);
  }

  /** A token in its room. */
  private record Found(Room room, WorkerToken token) {}

  private HttpReply create(HttpCall call) throws Refusal, IOException {
    User user = callers.user(call);
    String worker =
        call.text("worker_name")
            .filter(name -> name.length() <= LONGEST_NAME)
            .filter(name -> name.chars().noneMatch(Character::isISOControl))
            .orElseThrow(
                () ->
                    new HttpRefusal(
                        422,
                        "'worker_name' must be 1 to " + LONGEST_NAME + " characters on one line."));
    String roomId =
        call.text("room_id").orElseThrow(() -> new HttpRefusal(422, "'room_id' is missing."));
    Room room = callers.member(user, roomId);
    Optional<Instant> end = end(call.json());
    WorkerToken.Made[] made = new WorkerToken.Made[1];
    room.change(
        now -> {
          if (now.tokens().size() >= limits.tokensPerRoom()) {
            throw new HttpRefusal(
                429,
                "This room has as many tokens as this server grants. Delete some that are not"
                    + " used.");
          }
          do {
            made[0] = WorkerToken.make(room.id(), worker, user.id(), clock.instant(), end);
          } while (now.tokens().containsKey(made[0].token().id()));
          return now.with(made[0].token());
        });
    LOG.info("Account '{}' made token '{}'", user.name(), made[0].token().id());
    ObjectNode reply = describe(new Found(room, made[0].token()));
    return HttpReply.ok(
        reply.put("token_id", made[0].secret()).put("public_id", made[0].token().id()));
  }

  private HttpReply list(HttpCall call) throws Refusal, IOException {
    User user = callers.user(call);
    Instant now = clock.instant();
    boolean onlyActive = call.parameter("active_only").filter("true"::equals).isPresent();
    String field = call.parameter("sort_by").orElse("created_at");
    Comparator<ObjectNode> order = Comparator.comparing(token -> token.path(field).asText());
    boolean down = call.parameter("sort_order").filter("desc"::equals).isPresent();
    List<ObjectNode> found =
        visible(user, call.parameter("room_id")).stream()
            .filter(each -> !onlyActive || each.token().active(now))
            .map(this::describe)
            .sorted(down ? order.reversed() : order)
            .toList();
    ObjectNode reply = Json.object();
    reply.putArray("tokens").addAll(found);
    return HttpReply.ok(reply.put("count", found.size()));
  }

  private HttpReply revoke(HttpCall call) throws Refusal, IOException {
    Found found = find(call);
    found.room().change(now -> now.with(found.token().revoked(clock.instant())));
    end(found);
    return HttpReply.ok(Json.object().put("revoked", true).put("token_id", found.token().id()));
  }

  private HttpReply delete(HttpCall call) throws Refusal, IOException {
    Found found = find(call);
    found.room().change(now -> now.withoutTokens(found.token()::equals));
    end(found);
    return HttpReply.ok(Json.object().put("deleted", true).put("token_id", found.token().id()));
  }

  private void end(Found found) {
    members.revoked(found.token().id());
    LOG.info("Token '{}' was revoked", found.token().id());
  }

  private HttpReply deleteInactive(HttpCall call) throws Refusal, IOException {
    Instant now = clock.instant();
    List<Found> old =
        visible(callers.user(call), call.parameter("room_id")).stream()
            .filter(each -> !each.token().active(now))
            .toList();
    for (Found each : old) {
      each.room().change(details -> details.withoutTokens(each.token()::equals));
    }
    return HttpReply.ok(Json.object().put("deleted_count", old.size()));
  }

  private HttpReply workers(HttpCall call) throws Refusal, IOException {
    Found found = find(call);
    ObjectNode reply = Json.object();
    ArrayNode workers = reply.putArray("workers");
    for (Member member : found.room().members()) {
      if (member.who().means().equals(found.token().id())) {
        workers
            .addObject()
            .put("peer_id", member.id())
            .put("connected_at", member.connectedAt().toString());
      }
    }
    return HttpReply.ok(reply.put("count", workers.size()));
  }

  /** All tokens of one's own rooms, and those that one has made elsewhere. */
  private List<Found> visible(User user, Optional<String> roomId) {
    List<Found> found = new ArrayList<>();
    for (Room room : rooms.ofMember(user.id())) {
      if (roomId.map(room.id()::equals).orElse(true)) {
        room.details().tokens().values().stream()
            .filter(token -> mayManage(user, room, token))
            .forEach(token -> found.add(new Found(room, token)));
      }
    }
    return found;
  }

  private Found find(HttpCall call) throws HttpRefusal, IOException {
    User user = callers.user(call);
    return WorkerToken.named(call.part("token"))
        .flatMap(
            named ->
                rooms
                    .find(named.room())
                    .flatMap(
                        room ->
                            Optional.ofNullable(room.details().tokens().get(named.id()))
                                .filter(token -> mayManage(user, room, token))
                                .map(token -> new Found(room, token))))
        .orElseThrow(() -> new HttpRefusal(404, "You have no such token."));
  }

  private static boolean mayManage(User user, Room room, WorkerToken token) {
    return token.maker().equals(user.id())
        || room.details().role(user.id()).filter(RoomDetails.Role.owner::equals).isPresent();
  }

  /** Without an {@code expires_at} that is never, as some programs cannot print none. */
  private ObjectNode describe(Found found) {
    WorkerToken token = found.token();
    ObjectNode json = Json.object();
    json.put("token_id", token.id()).put("room_id", found.room().id());
    json.put("room_name", found.room().details().name());
    json.put("worker_name", token.worker()).put("created_at", token.createdAt().toString());
    token.expiresAt().ifPresent(end -> json.put("expires_at", end.toString()));
    token.revokedAt().ifPresent(end -> json.put("revoked_at", end.toString()));
    return json.put("is_active", token.active(clock.instant()));
  }

  /** Programs differ in what they call it. */
  private Optional<Instant> end(ObjectNode json) throws HttpRefusal {
    JsonNode days =
        json.has("expires_in_days") ? json.get("expires_in_days") : json.path("expires_days");
    if (days.isMissingNode()) {
      return Optional.of(clock.instant().plus(Duration.ofDays(DEFAULT_DAYS)));
    }
    return days.isNull() ? Optional.empty() : Optional.of(Days.from(days, clock.instant()));
  }
}
