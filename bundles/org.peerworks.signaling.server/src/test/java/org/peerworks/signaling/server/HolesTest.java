package org.peerworks.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks that other signalling servers fall for; each is first shown to be well formed. */
class HolesTest {

  private static final String WORKER = ",\"role\":\"worker\"";
  private static final String OFFER =
      "{\"type\":\"offer\",\"sender\":\"client\",\"target\":\"worker\",\"sdp\":\"v=0\"}";

  @TempDir Path data;
  private Meeting meeting;

  @BeforeEach
  void start() throws Exception {
    meeting = Meeting.start(data);
  }

  @AfterEach
  void stop() {
    meeting.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"discover_peers\",\"from_peer_id\":\"client\",\"filters\":{}}",
        "{\"type\":\"update_metadata\",\"peer_id\":\"client\",\"metadata\":{\"properties\":{}}}",
        "{\"type\":\"peer_message\",\"from_peer_id\":\"client\",\"to_peer_id\":\"worker\",\"payload\":1}",
        OFFER
      })
  void nothingButRegistrationComesFirst(String message) throws Exception {
    RawPeer worker = meeting.join("worker", WORKER);
    RawPeer client = meeting.join("client", "");
    client.send(message);
    boolean forWorker = message.contains("\"worker\"");
    assertThat((forWorker ? worker : client).next().path("type").asText()).isNotEqualTo("error");

    RawPeer stranger = meeting.connect();
    stranger.send(message);
    assertThat(stranger.next().path("code").asText()).isEqualTo("NOT_IN_ROOM");
    assertThat(stranger.closeCode()).isEqualTo(1008);
    worker.fence();
    assertThat(worker.hasMessages()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OFFER,
        "{\"type\":\"answer\",\"sender\":\"client\",\"target\":\"worker\",\"sdp\":\"v=0\"}",
        "{\"type\":\"candidate\",\"sender\":\"client\",\"target\":\"worker\",\"candidate\":{}}",
        "{\"type\":\"quit\",\"sender\":\"client\",\"target\":\"worker\"}",
        "{\"type\":\"offer\",\"sender\":\"client\",\"from_peer_id\":\"client\",\"target\":\"worker\"}",
        "{\"type\":\"peer_message\",\"from_peer_id\":\"client\",\"to_peer_id\":\"worker\",\"payload\":1}"
      })
  void nobodySpeaksForSomebodyElse(String message) throws Exception {
    RawPeer worker = meeting.join("worker", WORKER);
    RawPeer client = meeting.join("client", "");
    client.send(message);
    worker.next(RawPeer.json(message).path("type").asText());

    RawPeer attacker = meeting.join("attacker", "");
    attacker.send(message);
    assertThat(attacker.next().path("code").asText()).isEqualTo("INVALID_MESSAGE");
    assertThat(worker.fence().path("type").asText()).isEqualTo("peer_list");
  }

  @Test
  void nobodyDescribesSomebodyElse() throws Exception {
    RawPeer worker = meeting.join("worker", WORKER);
    String update =
        "{\"type\":\"update_metadata\",\"peer_id\":\"worker\","
            + "\"metadata\":{\"properties\":{\"status\":\"busy\"}}}";
    worker.send(update);
    assertThat(worker.next().path("type").asText()).isEqualTo("metadata_updated");
    RawPeer attacker = meeting.join("attacker", "");
    attacker.send(update.replace("busy", "hacked"));
    assertThat(attacker.next().path("code").asText()).isEqualTo("INVALID_MESSAGE");
    assertThat(attacker.fence().toString()).contains("busy").doesNotContain("hacked");
  }

  @Test
  void aRoomDoesNotReachIntoAnother() throws Exception {
    RawPeer worker = meeting.join("worker", WORKER);
    RawPeer client = meeting.join("client", "");
    client.send(OFFER);
    assertThat(worker.next().path("type").asText()).isEqualTo("offer");

    JsonNode stranger = meeting.signIn();
    String id = Meeting.token(stranger);
    JsonNode room = RawPeer.json(meeting.call("POST", "/create-room", id, "").body());
    RawPeer outside = meeting.connect();
    outside.send(
        Meeting.register(
            "client", id, room.get("room_id").asText(), room.get("token").asText(), ""));
    assertThat(outside.next().path("peer_list")).isEmpty();
    outside.send(OFFER);
    assertThat(outside.fence().path("count").asInt()).isZero();
    worker.fence();
    assertThat(worker.hasMessages()).isFalse();
  }

  @Test
  void onlyItsOwnerReplacesAPeerAndTheOldSocketIsClosed() throws Exception {
    JsonNode owner = meeting.signIn();
    RawPeer first = meeting.join("worker", owner, WORKER);
    RawPeer attacker = meeting.connect();
    attacker.send(meeting.register("worker", meeting.signIn()));
    assertThat(attacker.next().path("reason").asText()).contains("belongs to somebody else");
    assertThat(first.fence().path("type").asText()).isEqualTo("peer_list");

    RawPeer second = meeting.join("worker", owner, WORKER);
    assertThat(first.closeCode()).isEqualTo(4001);
    RawPeer client = meeting.join("client", "");
    client.send(OFFER);
    assertThat(second.next().path("type").asText()).isEqualTo("offer");
  }

  @Test
  void aWorkersIdStaysItsOwnWhileItIsAwayAndAfterARestart() throws Exception {
    JsonNode owner = meeting.signIn();
    meeting.join("worker", owner, WORKER).close();
    await().until(() -> meeting.call("GET", "/metrics", "", "").body().contains("\"peers\":0"));
    meeting.server.close();
    try (SignalingServer again = Meeting.server(data, 0, 0, Limits.DEFAULT, Pace.DEFAULT)) {
      RawPeer attacker = meeting.connect(again.address().webSocket());
      attacker.send(meeting.register("worker", meeting.owner));
      assertThat(attacker.next().path("reason").asText()).contains("belongs to somebody else");
      RawPeer worker = meeting.connect(again.address().webSocket());
      worker.send(meeting.register("worker", owner));
      assertThat(worker.next().path("type").asText()).isEqualTo("registered_auth");
    }
  }

  @Test
  void aSocketKeepsTheIdentityThatItRegistered() throws Exception {
    JsonNode signedIn = meeting.signIn();
    RawPeer peer = meeting.join("one", signedIn, "");
    peer.send(meeting.register("two", signedIn));
    assertThat(peer.next().path("code").asText()).isEqualTo("INVALID_MESSAGE");
    RawPeer other = meeting.connect();
    other.send(meeting.register("two", signedIn));
    assertThat(other.next().path("type").asText()).isEqualTo("registered_auth");
  }

  @Test
  void changedOrForeignIdTokensProveNothing() throws Exception {
    String good = Meeting.token(meeting.signIn());
    assertThat(meeting.call("POST", "/create-room", good, "").statusCode()).isEqualTo(200);
    String[] parts = good.split("\\.");
    String none = "eyJhbGciOiJub25lIn0";
    List<String> forged =
        List.of(
            parts[0] + "." + parts[1] + ".",
            none + "." + parts[1] + ".",
            none + "." + parts[1] + "." + parts[2],
            parts[0] + "." + parts[1] + "A." + parts[2],
            parts[0] + "." + Meeting.token(meeting.signIn()).split("\\.")[1] + "." + parts[2],
            good.substring(0, good.length() - 2),
            good + "A",
            "..",
            "x".repeat(5000));
    for (String token : forged) {
      assertThat(meeting.call("POST", "/create-room", token, "").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void noSecretIsShownToOthersOrKeptInClear() throws Exception {
    JsonNode signedIn = meeting.signIn();
    String planted =
        ",\"_api_key\":\"slp_secret\",\"metadata\":{\"tags\":[],\"properties\":{\"a\":1},"
            + "\"_token_id\":\"slp_secret\"}";
    RawPeer worker = meeting.join("worker", signedIn, WORKER + planted);
    RawPeer client = meeting.join("client", "");
    String seen = client.fence().toString();
    assertThat(seen).contains("\"a\":1").doesNotContain("slp_secret", meeting.roomToken());
    assertThat(seen).doesNotContain(Meeting.token(signedIn));

    worker.send(
        "{\"type\":\"update_metadata\",\"metadata\":{\"properties\":{\"t\":\"%s\"}}}"
            .formatted(meeting.roomToken()));
    assertThat(worker.next().path("code").asText()).isEqualTo("INVALID_MESSAGE");
    assertThat(client.fence().toString()).doesNotContain(meeting.roomToken());

    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(
                new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
            .doesNotContain(meeting.roomToken(), Meeting.token(signedIn));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void onlyItsOwnerDeletesAPeer() throws Exception {
    JsonNode owner = meeting.signIn();
    RawPeer worker = meeting.join("worker", owner, WORKER);
    String body = "{\"peer_id\":\"worker\"}";
    assertThat(meeting.call("POST", "/delete-peer", "", body).statusCode()).isEqualTo(401);
    String attacker = Meeting.token(meeting.signIn());
    assertThat(meeting.call("POST", "/delete-peer", attacker, body).statusCode()).isEqualTo(403);
    assertThat(worker.isClosed()).isFalse();
    assertThat(meeting.call("POST", "/delete-peer", Meeting.token(owner), body).statusCode())
        .isEqualTo(200);
    assertThat(worker.closeCode()).isEqualTo(1008);
  }

  @Test
  void onlyItsOwnerDeletesARoom() throws Exception {
    RawPeer worker = meeting.join("worker", WORKER);
    String body = "{\"room_id\":\"" + meeting.roomId() + "\"}";
    String call = "/delete-peers-and-room";
    assertThat(meeting.call("POST", call, "", body).statusCode()).isEqualTo(401);
    String attacker = Meeting.token(meeting.signIn());
    assertThat(meeting.call("POST", call, attacker, body).statusCode()).isEqualTo(403);
    assertThat(worker.fence().path("type").asText()).isEqualTo("peer_list");
    assertThat(meeting.call("POST", call, Meeting.token(meeting.owner), body).statusCode())
        .isEqualTo(200);
    assertThat(worker.closeCode()).isEqualTo(1008);
    RawPeer late = meeting.connect();
    late.send(meeting.register("late", meeting.owner));
    assertThat(late.next().path("reason").asText()).isEqualTo("Room not found");
    assertThat(data.resolve("store/rooms")).isEmptyDirectory();
  }
}
