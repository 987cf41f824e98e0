package org.peerworks.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attacks on accounts, rooms and keys; each is first shown to be well formed. */
class AccountHolesTest {

  @TempDir Path data;
  private Lab lab;
  private String anna;
  private String room;

  @BeforeEach
  void start() throws Exception {
    lab = Lab.open(data);
    anna = lab.jwt("anna");
    room = lab.room(anna);
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  @Test
  void anotherAccountSeesAndChangesNothing() throws Exception {
    String eve = lab.jwt("eve");
    String token = lab.token(anna, room);
    String body = "{\"room_id\":\"" + room + "\",\"worker_name\":\"w\"}";
    assertThat(lab.call("POST", "/api/auth/token", anna, body).statusCode()).isEqualTo(200);
    assertThat(lab.call("POST", "/api/auth/token", eve, body).statusCode()).isEqualTo(403);
    assertThat(lab.call("DELETE", "/api/auth/token/" + token, eve, "").statusCode()).isEqualTo(404);
    assertThat(lab.call("GET", "/api/auth/rooms/" + room, eve, "").body())
        .isEqualTo(lab.call("GET", "/api/auth/rooms/nosuchro", eve, "").body());
    assertThat(lab.call("GET", "/api/rooms/" + room + "/workers", eve, "").statusCode())
        .isEqualTo(403);
    String key = lab.key(anna);
    assertThat(lab.call("DELETE", "/api/auth/account-keys/" + key, eve, "").statusCode())
        .isEqualTo(404);
    assertThat(lab.refusal("e", "\"jwt\":\"" + eve + "\",\"room_id\":\"" + room + "\""))
        .isEqualTo("No access to this room");
    assertThat(lab.refusal("e", "\"jwt\":\"" + eve + "\",\"room_id\":\"nosuchro\""))
        .isEqualTo("No access to this room");
    assertThat(lab.get("/api/auth/rooms", key).path("count").asInt()).isEqualTo(1);
  }

  @Test
  void changedLoginsAndKeysProveNothing() throws Exception {
    String key = lab.key(anna);
    String token = lab.token(anna, room);
    String[] parts = anna.split("\\.");
    String none = encoded("{\"alg\":\"none\",\"typ\":\"JWT\"}");
    String hmac = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
    List<String> forged =
        List.of(
            parts[0] + "." + parts[1] + ".",
            none + "." + parts[1] + ".",
            hmac + "." + parts[1] + "." + parts[2],
            parts[0] + "." + parts[1].substring(1) + "." + parts[2],
            parts[0] + "." + parts[1] + "." + parts[2].substring(4),
            "..",
            ".".repeat(5000),
            "\u00e4.\u00e4.\u00e4",
            key.substring(0, key.length() - 1) + (key.endsWith("A") ? "B" : "A"),
            key.substring(0, key.length() - 32),
            token,
            "");
    assertThat(lab.call("GET", "/api/auth/rooms", anna, "").statusCode()).isEqualTo(200);
    for (String bearer : forged) {
      String shown = bearer.chars().allMatch(c -> c < 128) ? bearer : "x";
      assertThat(lab.call("GET", "/api/auth/rooms", shown, "").statusCode()).isEqualTo(401);
      assertThat(lab.refusal("p", "\"jwt\":\"" + bearer + "\",\"room_id\":\"" + room + "\""))
          .isIn(
              "JWT validation failed",
              "No authentication provided. Use api_key, jwt, or id_token.");
    }
    String wrong = token.substring(0, token.length() - 1) + (token.endsWith("A") ? "B" : "A");
    for (String bad :
        List.of(wrong, token.substring(0, 16), "slp_", "slp_" + "x".repeat(32), "x")) {
      assertThat(lab.refusal("p", "\"api_key\":\"" + bad + "\"")).isEqualTo("Invalid API key");
    }
  }

  @Test
  void aPeerIdIsNotTakenOverByAnotherKey() throws Exception {
    String token = "\"role\":\"worker\",\"api_key\":\"" + lab.token(anna, room) + "\"";
    RawPeer worker = lab.enter("w", token);
    assertThat(
            lab.refusal("w", "\"role\":\"worker\",\"api_key\":\"" + lab.token(anna, room) + "\""))
        .contains("belongs to somebody else");
    assertThat(worker.fence().path("type").asText()).isEqualTo("peer_list");
    lab.enter("w", token);
    assertThat(worker.closeCode()).isEqualTo(4001);
  }

  @Test
  void noSecretIsShownToOthersOrKeptInClear() throws Exception {
    String token = lab.token(anna, room);
    String key = lab.key(anna);
    RawPeer worker =
        lab.enter(
            "w",
            "\"role\":\"worker\",\"api_key\":\""
                + token
                + "\",\"metadata\":{\"properties\":{\"a\":1},\"_token_id\":\""
                + token
                + "\"}");
    RawPeer other = lab.enter("k", "\"api_key\":\"" + key + "\",\"room_id\":\"" + room + "\"");
    assertThat(other.fence().toString()).contains("\"a\":1").doesNotContain("slp_");
    worker.send(
        "{\"type\":\"update_metadata\",\"metadata\":{\"properties\":{\"t\":\"" + token + "\"}}}");
    assertThat(worker.next().path("code").asText()).isEqualTo("INVALID_MESSAGE");
    assertThat(lab.refusal("p-" + token, "\"api_key\":\"" + token + "\"")).contains("a secret");

    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .doesNotContain(token, key, anna, lab.password("anna"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void guessesOfInviteCodesAreLimited() throws Exception {
    try (Lab strict =
        Lab.open(data.resolve("strict"), Tuned.limits(Map.of("loginsPerMinute", 5)))) {
      String owner = strict.jwt("anna");
      String invited =
          strict
              .post("/api/auth/rooms/" + strict.room(owner) + "/invite", owner, "")
              .path("invite_code")
              .textValue();
      String eve = strict.jwt("eve");
      int guesses = 0;
      while (join(strict, eve, "WRONGONE") == 404) {
        guesses++;
      }
      assertThat(guesses).isLessThanOrEqualTo(6);
      assertThat(join(strict, eve, invited)).isEqualTo(429);
    }
  }

  @Test
  void rightInviteCodesAreNotCounted() throws Exception {
    try (Lab strict =
        Lab.open(data.resolve("strict"), Tuned.limits(Map.of("loginsPerMinute", 5)))) {
      String owner = strict.jwt("anna");
      String invited =
          strict
              .post("/api/auth/rooms/" + strict.room(owner) + "/invite", owner, "")
              .path("invite_code")
              .textValue();
      for (int i = 0; i < 20; i++) {
        assertThat(join(strict, owner, invited)).isEqualTo(200);
      }
    }
  }

  /** Also one that was made in the same second. */
  @Test
  void aLoginDoesNotSurviveAChangeOfThePassword() throws Exception {
    String anna = lab.login("anna");
    String admin =
        RawPeer.json(Files.readString(data.resolve("keys/signaling-admin.json")))
            .path("key")
            .textValue();
    lab.get("/api/auth/rooms", anna);

    lab.post("/api/admin/users/anna/password", admin, "");

    assertThat(lab.call("GET", "/api/auth/rooms", anna, "").statusCode()).isEqualTo(401);
  }

  @Test
  void theAdministratorsKeyIsInAFileThatOnlyTheServersUserCanRead() throws Exception {
    Path file = data.resolve("keys/signaling-admin.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    JsonNode admin = RawPeer.json(Files.readString(file));
    assertThat(admin.path("http").asText())
        .isEqualTo(lab.meeting.server.address().http().toString());
    String key = admin.path("key").textValue();
    JsonNode told = lab.post("/api/admin/users", key, "{\"username\":\"bob\"}");
    assertThat(told.path("password").asText()).hasSize(20);
    assertThat(lab.get("/api/admin/users", key).toString())
        .contains("\"bob\"")
        .doesNotContain("password", told.path("password").asText());
    assertThat(lab.call("POST", "/api/admin/users", key, "{\"username\":\"Bob\"}").statusCode())
        .isEqualTo(400);
    assertThat(lab.post("/api/admin/users/bob/password", key, "").path("password").asText())
        .isNotEqualTo(told.path("password").asText());
    lab.delete("/api/admin/users/bob", key);
    assertThat(lab.call("DELETE", "/api/admin/users/bob", key, "").statusCode()).isEqualTo(404);
    lab.meeting.server.close();
    assertThat(file).doesNotExist();
  }

  private static int join(Lab lab, String bearer, String code) throws Exception {
    return lab.call("POST", "/api/auth/rooms/join", bearer, "{\"invite_code\":\"" + code + "\"}")
        .statusCode();
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
