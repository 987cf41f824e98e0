package org.peerworks.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sleap-rtc programs of the third generation call, as they call it. */
class AccountsTest {

  @TempDir Path data;
  private Lab lab;
  private String anna;

  @BeforeEach
  void start() throws Exception {
    lab = Lab.open(data);
    anna = lab.jwt("anna");
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  @Test
  void aLoginIsATokenForSevenDaysInTheFormOfTheWire() {
    String[] parts = anna.split("\\.");
    JsonNode header = RawPeer.json(new String(Base64.getUrlDecoder().decode(parts[0])));
    JsonNode claims = RawPeer.json(new String(Base64.getUrlDecoder().decode(parts[1])));
    assertThat(header.path("alg").asText()).isEqualTo("RS256");
    assertThat(claims.path("iss").asText()).isEqualTo("sleap-rtc");
    assertThat(claims.path("aud").asText()).isEqualTo("sleap-rtc");
    assertThat(claims.path("username").asText()).isEqualTo("anna");
    assertThat(claims.path("sub").asText()).startsWith("user-");
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(7 * 86_400);
  }

  @Test
  void aRoomIsMadeShownChangedAndDeleted() throws Exception {
    JsonNode made = lab.post("/api/auth/rooms", anna, "{\"name\":\"Mice\",\"expires_in_days\":5}");
    String id = made.path("room_id").textValue();
    long day = 86_400;
    assertThat(made.path("name").asText()).isEqualTo("Mice");
    assertThat(made.path("room_token").asText()).hasSize(26);
    assertThat(made.path("expires_at").asLong() - Instant.now().getEpochSecond())
        .isBetween(5 * day - 600, 5 * day);

    JsonNode room = lab.get("/api/auth/rooms/" + id, anna);
    assertThat(room.path("role").asText()).isEqualTo("owner");
    assertThat(room.path("created_by").asText()).isEqualTo("anna");
    assertThat(room.path("members").get(0).path("username").asText()).isEqualTo("anna");
    assertThat(room.toString()).doesNotContain(made.path("room_token").asText());

    JsonNode changed =
        Lab.ok(
            lab.call(
                "PATCH",
                "/api/auth/rooms/" + id,
                anna,
                "{\"name\":\"Flies\",\"expires_in_days\":null}"));
    assertThat(changed.path("name").asText()).isEqualTo("Flies");
    assertThat(changed.path("expires_at").isNull()).isTrue();

    lab.delete("/api/auth/rooms/" + id, anna);
    assertThat(lab.call("GET", "/api/auth/rooms/" + id, anna, "").statusCode()).isEqualTo(403);
  }

  @Test
  void roomsAreListedByRoleNameAndOrder() throws Exception {
    lab.post("/api/auth/rooms", anna, "{\"name\":\"b\",\"expires_in_days\":null}");
    lab.post("/api/auth/rooms", anna, "{\"name\":\"al\"}");
    String bob = lab.jwt("bob");
    String shared = lab.room(bob);
    join(shared, bob, anna);

    assertThat(names("?sort_by=name&sort_order=asc", anna)).isEqualTo("[\"al\",\"b\",\"Lab\"]");
    assertThat(names("?sort_by=name&sort_order=desc", anna)).isEqualTo("[\"Lab\",\"b\",\"al\"]");
    assertThat(names("?role=member", anna)).isEqualTo("[\"Lab\"]");
    // No room's id has an L, and ids are searched too.
    assertThat(names("?role=owner&search=AL&sort_by=name", anna)).isEqualTo("[\"al\"]");
    assertThat(names("", bob)).isEqualTo("[\"Lab\"]");
  }

  @Test
  void anInviteMakesMembersAndTheOwnerTakesThemOutAgain() throws Exception {
    String room = lab.room(anna);
    String bob = lab.jwt("bob");
    JsonNode invite = lab.post("/api/auth/rooms/" + room + "/invite", anna, "");
    String code = invite.path("invite_code").textValue();
    assertThat(code).matches("[A-Z2-8]{8}");
    assertThat(invite.path("expires_in_seconds").asInt()).isEqualTo(3600);
    JsonNode joined =
        lab.post("/api/auth/rooms/join", bob, "{\"invite_code\":\"" + code.toLowerCase() + "\"}");
    assertThat(joined.path("room_id").asText()).isEqualTo(room);
    assertThat(joined.path("role").asText()).isEqualTo("member");

    String id =
        lab.get("/api/auth/rooms/" + room + "/members", anna).at("/members/1/user_id").asText();
    String token = lab.token(bob, room);
    RawPeer client = lab.enter("bob", "\"jwt\":\"" + bob + "\",\"room_id\":\"" + room + "\"");
    RawPeer worker = lab.enter("gpu", "\"api_key\":\"" + token + "\",\"role\":\"worker\"");
    assertThat(
            lab.call("DELETE", "/api/auth/rooms/" + room + "/members/" + id, bob, "").statusCode())
        .isEqualTo(200);
    assertThat(client.closeCode()).isEqualTo(1008);
    assertThat(worker.closeCode()).isEqualTo(1008);
    assertThat(lab.refusal("bob", "\"jwt\":\"" + bob + "\",\"room_id\":\"" + room + "\""))
        .isEqualTo("No access to this room");
    assertThat(lab.refusal("gpu", "\"api_key\":\"" + token + "\"")).isEqualTo("Invalid API key");
  }

  @Test
  void aMemberDoesNotDoWhatIsTheOwners() throws Exception {
    String room = lab.room(anna);
    String bob = lab.jwt("bob");
    join(room, anna, bob);
    String at = "/api/auth/rooms/" + room;
    String owner = lab.get(at, anna).at("/members/0/user_id").asText();
    assertThat(lab.call("GET", at, bob, "").statusCode()).isEqualTo(200);
    assertThat(lab.call("PATCH", at, bob, "{\"name\":\"x\"}").statusCode()).isEqualTo(403);
    assertThat(lab.call("DELETE", at, bob, "").statusCode()).isEqualTo(403);
    assertThat(lab.call("POST", at + "/invite", bob, "").statusCode()).isEqualTo(403);
    assertThat(lab.call("DELETE", at + "/members/" + owner, bob, "").statusCode()).isEqualTo(403);
    assertThat(lab.call("DELETE", at + "/members/" + owner, anna, "").statusCode()).isEqualTo(400);
  }

  @Test
  void aTokenIsToldOnceAndManagedByItsPublicPart() throws Exception {
    String room = lab.room(anna);
    JsonNode made =
        lab.post(
            "/api/auth/token",
            anna,
            "{\"room_id\":\"" + room + "\",\"worker_name\":\"gpu-1\",\"expires_days\":3}");
    String token = made.path("token_id").textValue();
    assertThat(token).matches("slp_[A-Za-z0-9_-]{32}").startsWith("slp_" + room);
    assertThat(made.path("expires_at").asText()).isNotEmpty();
    String id = made.path("public_id").textValue();

    RawPeer worker = lab.enter("w", "\"api_key\":\"" + token + "\",\"role\":\"worker\"");
    JsonNode listed = lab.get("/api/auth/tokens?active_only=true&room_id=" + room, anna);
    assertThat(listed.at("/tokens/0/token_id").asText()).isEqualTo(id);
    assertThat(listed.at("/tokens/0/is_active").asBoolean()).isTrue();
    assertThat(listed.toString()).doesNotContain(token);
    assertThat(
            lab.get("/api/auth/tokens/" + id + "/workers", anna).at("/workers/0/peer_id").asText())
        .isEqualTo("w");

    assertThat(lab.delete("/api/auth/token/" + token, anna).path("revoked").asBoolean()).isTrue();
    assertThat(worker.closeCode()).isEqualTo(1008);
    assertThat(lab.refusal("w", "\"api_key\":\"" + token + "\"")).isEqualTo("Token revoked");
    assertThat(lab.get("/api/auth/tokens?active_only=true", anna).path("tokens")).isEmpty();
    assertThat(lab.delete("/api/auth/tokens", anna).path("deleted_count").asInt()).isEqualTo(1);
    assertThat(lab.refusal("w", "\"api_key\":\"" + token + "\"")).isEqualTo("Invalid API key");
  }

  @Test
  void anAccountKeyStandsForTheAccountUntilItIsRevoked() throws Exception {
    String key = lab.key(anna);
    assertThat(key).startsWith("slp_acct_");
    String room = lab.room(key);
    JsonNode listed = lab.get("/api/auth/account-keys", key);
    assertThat(listed.at("/keys/0/name").asText()).isEqualTo("laptop");
    assertThat(listed.toString()).doesNotContain(key);
    assertThat(lab.refusal("w", "\"api_key\":\"" + key + "\""))
        .isEqualTo("room_id required for account key auth");
    RawPeer worker = lab.enter("w", "\"api_key\":\"" + key + "\",\"room_id\":\"" + room + "\"");

    assertThat(lab.delete("/api/auth/account-keys/" + key, anna).path("status").asText())
        .isEqualTo("revoked");
    assertThat(worker.closeCode()).isEqualTo(1008);
    assertThat(lab.call("GET", "/api/auth/rooms", key, "").statusCode()).isEqualTo(401);
    assertThat(lab.refusal("w", "\"api_key\":\"" + key + "\",\"room_id\":\"" + room + "\""))
        .isEqualTo("Invalid API key");
  }

  @Test
  void workersLearnThePublicKeysOfTheMembers() throws Exception {
    String room = lab.room(anna);
    String key = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]);
    String body = "{\"public_key\":\"" + key + "\",\"device_name\":\"laptop\"}";
    String id = lab.post("/api/auth/public-keys", anna, body).path("key_id").textValue();
    lab.post("/api/auth/public-keys", anna, body);
    assertThat(lab.get("/api/auth/public-keys", anna).path("public_keys")).hasSize(1);
    String token = lab.token(anna, room);
    String call = "/api/rooms/" + room + "/authorized-keys";
    JsonNode authorized = lab.get(call, token);
    assertThat(authorized.at("/authorized_keys/0/public_key").asText()).isEqualTo(key);
    assertThat(authorized.at("/authorized_keys/0/username").asText()).isEqualTo("anna");
    assertThat(lab.get(call, lab.key(anna)).path("authorized_keys")).hasSize(1);
    assertThat(lab.call("GET", call, lab.jwt("bob"), "").statusCode()).isEqualTo(403);
    assertThat(lab.call("GET", call, lab.token(anna, lab.room(anna)), "").statusCode())
        .isEqualTo(403);
    lab.delete("/api/auth/public-keys/" + id, anna);
    assertThat(lab.get(call, token).path("authorized_keys")).isEmpty();
    assertThat(
            lab.call("POST", "/api/auth/public-keys", anna, body.replace(key, "short"))
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void workersOfARoomAreListedWithoutTheirRights() throws Exception {
    String room = lab.room(anna);
    String token = lab.token(anna, room);
    lab.enter("w", "\"api_key\":\"" + token + "\",\"role\":\"worker\"");
    JsonNode workers = lab.get("/api/rooms/" + room + "/workers", anna);
    assertThat(workers.path("count").asInt()).isEqualTo(1);
    assertThat(workers.at("/workers/0/worker_name").asText()).isEqualTo("gpu");
    assertThat(workers.toString()).doesNotContain("slp_");
  }

  @Test
  void theThreeWaysIntoARoomMeetThere() throws Exception {
    JsonNode made = lab.post("/api/auth/rooms", anna, "{}");
    String room = made.path("room_id").textValue();
    RawPeer worker =
        lab.enter(
            "w",
            "\"api_key\":\""
                + lab.token(anna, room)
                + "\",\"role\":\"worker\",\"token\":null,\"is_admin\":true");
    RawPeer client =
        lab.enter("anna", "\"jwt\":\"" + anna + "\",\"token\":\"\",\"room_id\":\"" + room + "\"");
    RawPeer stranger = lab.meeting.connect();
    stranger.send(
        Meeting.register(
            "g1",
            Meeting.token(lab.meeting.signIn()),
            room,
            made.path("room_token").textValue(),
            ""));
    JsonNode registered = stranger.next();
    assertThat(registered.path("peer_list").toString()).isEqualTo("[\"w\",\"anna\"]");
    assertThat(registered.at("/peer_metadata/w/_worker_name").asText()).isEqualTo("gpu");
    assertThat(registered.toString()).doesNotContain("_token_id", "_account_key_id", "slp_");
    client.send("{\"type\":\"offer\",\"sender\":\"anna\",\"target\":\"w\",\"sdp\":\"v=0\"}");
    assertThat(worker.next().path("sender").asText()).isEqualTo("anna");
  }

  @Test
  void aWorkerRegistersAgainOnItsConnection() throws Exception {
    String room = lab.room(anna);
    String proof = "\"api_key\":\"" + lab.token(anna, room) + "\",\"role\":\"worker\"";
    RawPeer worker = lab.enter("w", proof);
    worker.send(
        "{\"type\":\"register\",\"peer_id\":\"w\","
            + proof
            + ",\"metadata\":{\"tags\":[\"x\"],\"properties\":{\"status\":\"available\"}}}");
    assertThat(worker.next().path("type").asText()).isEqualTo("registered_auth");
    RawPeer client = lab.enter("c", "\"jwt\":\"" + anna + "\",\"room_id\":\"" + room + "\"");
    assertThat(client.fence().at("/peers/0/metadata/tags/0").asText()).isEqualTo("x");
    worker.send("{\"type\":\"register\",\"peer_id\":\"other\"," + proof + "}");
    assertThat(worker.next().path("code").asText()).isEqualTo("INVALID_MESSAGE");
    worker.send(
        "{\"type\":\"register\",\"peer_id\":\"w\",\"api_key\":\"" + lab.token(anna, room) + "\"}");
    assertThat(worker.next().path("code").asText()).isEqualTo("INVALID_MESSAGE");
  }

  @Test
  void everythingIsThereAfterARestart() throws Exception {
    String room = lab.room(anna);
    String token = lab.token(anna, room);
    String key = lab.key(anna);
    lab.meeting.server.close();
    try (SignalingServer again = Meeting.server(data, 0, 0, Limits.DEFAULT, Pace.DEFAULT)) {
      for (String proof : new String[] {anna, key}) {
        assertThat(RawPeer.call(again.address().http(), "GET", "/api/auth/rooms", proof, "").body())
            .contains(room);
      }
      RawPeer worker = lab.meeting.connect(again.address().webSocket());
      worker.send("{\"type\":\"register\",\"peer_id\":\"w\",\"api_key\":\"" + token + "\"}");
      assertThat(worker.next().path("room_id").asText()).isEqualTo(room);
    }
  }

  @Test
  void anAccountThatIsRemovedTakesItsRoomsAndRightsAlong() throws Exception {
    String room = lab.room(anna);
    RawPeer worker = lab.enter("w", "\"api_key\":\"" + lab.token(anna, room) + "\"");
    lab.meeting.server.administration().remove("Anna");
    assertThat(worker.closeCode()).isEqualTo(1008);
    assertThat(lab.call("GET", "/api/auth/rooms", anna, "").statusCode()).isEqualTo(401);
    assertThat(data.resolve("store/users")).isEmptyDirectory();
    assertThat(lab.add("anna")).isNotEmpty();
  }

  @Test
  void aNewPasswordEndsTheLoginsOfBefore() throws Exception {
    java.time.Instant then = Instant.now().minusSeconds(3600);
    String old =
        new org.peerworks.signaling.server.accounts.Logins(
                data.resolve("keys/signaling-logins.pem"),
                users(),
                Clock.fixed(then, java.time.ZoneOffset.UTC))
            .issue(users().named("anna").orElseThrow());
    assertThat(lab.call("GET", "/api/auth/rooms", old, "").statusCode()).isEqualTo(401);
    assertThat(lab.call("GET", "/api/auth/rooms", anna, "").statusCode()).isEqualTo(200);
    String room = lab.room(anna);
    RawPeer byLogin = lab.enter("a", "\"jwt\":\"" + anna + "\",\"room_id\":\"" + room + "\"");
    RawPeer byKey =
        lab.enter("k", "\"api_key\":\"" + lab.key(anna) + "\",\"room_id\":\"" + room + "\"");
    lab.meeting.server.administration().newPassword("anna");
    assertThat(byLogin.closeCode()).isEqualTo(1008);
    assertThat(byKey.fence().path("type").asText()).isEqualTo("peer_list");
    assertThat(
            lab.browser()
                .open("/")
                .submit("/login", Map.of("username", "anna", "password", lab.password("anna")))
                .status())
        .isEqualTo(401);
  }

  private org.peerworks.signaling.server.accounts.Users users() throws Exception {
    return new org.peerworks.signaling.server.accounts.Users(
        data.resolve("store/users"), 10, 10, Clock.systemUTC());
  }

  private String names(String query, String bearer) throws Exception {
    JsonNode rooms = lab.get("/api/auth/rooms" + query, bearer).path("rooms");
    return RawPeer.json(
            rooms.findValuesAsText("name").stream()
                .map(name -> '"' + name + '"')
                .toList()
                .toString())
        .toString();
  }

  private void join(String room, String owner, String member) throws Exception {
    String code =
        lab.post("/api/auth/rooms/" + room + "/invite", owner, "").path("invite_code").textValue();
    lab.post("/api/auth/rooms/join", member, "{\"invite_code\":\"" + code + "\"}");
  }
}
