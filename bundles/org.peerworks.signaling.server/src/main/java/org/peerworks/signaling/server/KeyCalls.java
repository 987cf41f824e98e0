package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import org.peerworks.signaling.server.accounts.AccountKey;
import org.peerworks.signaling.server.accounts.PublicKey;
import org.peerworks.signaling.server.accounts.User;
import org.peerworks.signaling.server.accounts.Users;
import org.peerworks.signaling.server.basic.Json;
import org.peerworks.signaling.server.basic.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys of accounts, and what workers ask about a room (sleap-rtc wire format, third generation). A
 * key is told whole once, as {@code key_id}; lists have its public part only, and every call takes
 * either.
 */
final class KeyCalls {

  private static final Logger LOG = LoggerFactory.getLogger(KeyCalls.class);

  private final Users users;
  private final Callers callers;
  private final Members members;

  KeyCalls(Users users, Callers callers, Members members) {
    this.users = users;
    this.callers = callers;
    this.members = members;
  }

  void addTo(Router router) {
    router
        .on("POST", "/api/auth/account-keys", this::create)
        .on("GET", "/api/auth/account-keys", this::list)
        .on("DELETE", "/api/auth/account-keys", this::revoke)
        .on("DELETE", "/api/auth/account-keys/{key}", this::revoke)
        .on("POST", "/api/auth/public-keys", this::createPublic)
        .on("GET", "/api/auth/public-keys", this::listPublic)
        .on("DELETE", "/api/auth/public-keys", this::deletePublic)
        .on("DELETE", "/api/auth/public-keys/{key}", this::deletePublic)
        .on("GET", "/api/rooms/{room}/authorized-keys", this::authorized)
        .on("GET", "/api/rooms/{room}/workers", this::workers);
  }

  private HttpReply create(HttpCall call) throws Refusal, IOException {
    User user = callers.user(call);
    AccountKey.Made made = users.addKey(user, call.text("name").orElse("unnamed"));
    LOG.info("Account '{}' made key '{}'", user.name(), made.key().id());
    return HttpReply.ok(
        describe(made.key()).put("key_id", made.secret()).put("public_id", made.key().id()));
  }

  private HttpReply list(HttpCall call) throws Refusal, IOException {
    ObjectNode reply = Json.object();
    ArrayNode keys = reply.putArray("keys");
    callers.user(call).keys().forEach(key -> keys.add(describe(key)));
    return HttpReply.ok(reply);
  }

  private HttpReply revoke(HttpCall call) throws Refusal, IOException {
    User user = callers.user(call);
    String id =
        users
            .removeKey(user, wanted(call))
            .orElseThrow(() -> new HttpRefusal(404, "You have no such key."));
    members.revoked(id);
    LOG.info("Key '{}' was revoked", id);
    return HttpReply.ok(Json.object().put("status", "revoked").put("key_id", id));
  }

  private HttpReply createPublic(HttpCall call) throws Refusal, IOException {
    User user = callers.user(call);
    String key =
        call.text("public_key").orElseThrow(() -> new HttpRefusal(422, "'public_key' is missing."));
    return HttpReply.ok(
        describe(users.addPublicKey(user, key, call.text("device_name").orElse("unnamed"))));
  }

  private HttpReply listPublic(HttpCall call) throws Refusal, IOException {
    ObjectNode reply = Json.object();
    ArrayNode keys = reply.putArray("public_keys");
    callers.user(call).publicKeys().forEach(key -> keys.add(describe(key)));
    reply.set("keys", keys.deepCopy());
    return HttpReply.ok(reply);
  }

  private HttpReply deletePublic(HttpCall call) throws Refusal, IOException {
    String id = wanted(call);
    if (!users.removePublicKey(callers.user(call), id)) {
      throw new HttpRefusal(404, "You have no such key.");
    }
    return HttpReply.ok(Json.object().put("status", "revoked").put("key_id", id));
  }

  /** The public keys of all members of a room: whom its workers may trust. */
  private HttpReply authorized(HttpCall call) throws Refusal, IOException {
    Room room = callers.enterable(call);
    ObjectNode reply = Json.object();
    ArrayNode keys = reply.putArray("authorized_keys");
    for (String id : room.details().members().keySet()) {
      Optional<User> member = users.find(id);
      if (member.isPresent()) {
        for (PublicKey key : member.get().publicKeys()) {
          keys.addObject()
              .put("user_id", id)
              .put("username", member.get().name())
              .put("key_id", key.id())
              .put("public_key", key.key())
              .put("device_name", key.device());
        }
      }
    }
    return HttpReply.ok(reply);
  }

  /** Who works in a room; not by what right, unlike the first servers. */
  private HttpReply workers(HttpCall call) throws Refusal, IOException {
    Room room = callers.enterable(call);
    ObjectNode reply = Json.object();
    ArrayNode workers = reply.putArray("workers");
    for (Member member : room.members()) {
      if (member.role().equals(Member.WORKER)) {
        workers
            .addObject()
            .put("peer_id", member.id())
            .put("connected_at", member.connectedAt().toString())
            .put("worker_name", member.shownName());
      }
    }
    return HttpReply.ok(reply.put("count", workers.size()));
  }

  private static String wanted(HttpCall call) throws HttpRefusal {
    return Optional.ofNullable(call.part("key"))
        .or(() -> call.parameter("key_id"))
        .or(() -> call.text("key_id"))
        .orElseThrow(() -> new HttpRefusal(422, "Which key? Put its id at the end of the path."));
  }

  private static ObjectNode describe(AccountKey key) {
    return Json.object()
        .put("key_id", key.id())
        .put("name", key.name())
        .put("created_at", key.createdAt().toString());
  }

  private static ObjectNode describe(PublicKey key) {
    return Json.object()
        .put("key_id", key.id())
        .put("public_key", key.key())
        .put("device_name", key.device())
        .put("registered_at", key.registeredAt().toString());
  }
}
