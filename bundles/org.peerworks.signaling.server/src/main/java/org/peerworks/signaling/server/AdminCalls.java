package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.peerworks.signaling.server.accounts.User;
import org.peerworks.signaling.server.basic.Json;
import org.peerworks.signaling.server.basic.Refusal;

/** What the server's administrator does from the command line on the same machine. */
final class AdminCalls {

  private final Administration administration;
  private final AdminKey key;

  AdminCalls(Administration administration, AdminKey key) {
    this.administration = administration;
    this.key = key;
  }

  void addTo(Router router) {
    router
        .on("GET", "/api/admin/users", this::list)
        .on("POST", "/api/admin/users", this::add)
        .on("DELETE", "/api/admin/users/{name}", this::remove)
        .on("POST", "/api/admin/users/{name}/password", this::password);
  }

  private HttpReply list(HttpCall call) throws Refusal {
    check(call);
    ObjectNode reply = Json.object();
    ArrayNode list = reply.putArray("users");
    for (Administration.Account account : administration.users()) {
      list.addObject()
          .put("user_id", account.id())
          .put("username", account.name())
          .put("created_at", account.createdAt().toString())
          .put("rooms", account.rooms())
          .put("keys", account.keys());
    }
    return HttpReply.ok(reply);
  }

  private HttpReply add(HttpCall call) throws Refusal, IOException {
    check(call);
    String name =
        call.text("username").orElseThrow(() -> new HttpRefusal(422, "'username' is missing."));
    return told(administration.add(name));
  }

  private HttpReply remove(HttpCall call) throws Refusal, IOException {
    check(call);
    User user = administration.remove(call.part("name"));
    return HttpReply.ok(Json.object().put("status", "deleted").put("username", user.name()));
  }

  private HttpReply password(HttpCall call) throws Refusal, IOException {
    check(call);
    return told(administration.newPassword(call.part("name")));
  }

  private static HttpReply told(Administration.Told told) {
    return HttpReply.ok(
        Json.object()
            .put("user_id", told.user().id())
            .put("username", told.user().name())
            .put("password", told.password()));
  }

  private void check(HttpCall call) throws HttpRefusal {
    if (!key.is(call.bearer())) {
      throw new HttpRefusal(401, "Only the administrator of this server may do that.");
    }
  }
}
