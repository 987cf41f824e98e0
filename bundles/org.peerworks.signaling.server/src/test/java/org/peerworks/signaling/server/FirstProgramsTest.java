package org.peerworks.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sleap-rtc programs of the first two generations send, message by message. */
class FirstProgramsTest {

  private static final String WORKER =
      ",\"role\":\"worker\",\"metadata\":{\"tags\":[\"sleap-rtc\",\"training-worker\"],"
          + "\"properties\":{\"gpu_memory_mb\":8192,\"gpu_model\":\"CPU\",\"status\":\"available\"}}";

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

  @Test
  void aWorkerRegistersUnderItsUserNameAndAnswersAnOffer() throws Exception {
    String name = meeting.owner.get("username").textValue();
    RawPeer worker = meeting.connect();
    worker.send(meeting.register(name, meeting.owner));
    assertThat(worker.next())
        .isEqualTo(
            RawPeer.json(
                """
                {"type":"registered_auth","room_id":"%s","token":"%s","peer_id":"%s",
                 "admin_peer_id":null,"peer_list":[],"peer_metadata":{},
                 "ice_servers":[],"mesh_ice_servers":[]}
                """
                    .formatted(meeting.roomId(), meeting.roomToken(), name)));

    RawPeer client = meeting.join("client-1", "");
    client.send(
        "{\"type\":\"offer\",\"sender\":\"client-1\",\"target\":\"%s\",\"sdp\":\"v=0\"}"
            .formatted(name));
    assertThat(worker.next())
        .isEqualTo(
            RawPeer.json(
                "{\"type\":\"offer\",\"sender\":\"client-1\",\"target\":\"%s\",\"sdp\":\"v=0\"}"
                    .formatted(name)));
    String answer =
        "{\"type\":\"answer\",\"sender\":\"%s\",\"target\":\"client-1\",\"sdp\":\"v=0\"}"
            .formatted(name);
    worker.send(answer);
    assertThat(client.next()).isEqualTo(RawPeer.json(answer));
    client.send("{\"type\":\"quit\",\"target\":\"%s\"}".formatted(name));
    assertThat(worker.next())
        .isEqualTo(
            RawPeer.json(
                "{\"type\":\"quit\",\"target\":\"%s\",\"sender\":\"client-1\"}".formatted(name)));
  }

  @Test
  void aRoomHasAnIdOfEightAndATokenOf130Bits() {
    assertThat(meeting.roomId()).matches("[a-z0-9]{8}");
    assertThat(meeting.roomToken()).matches("[a-z2-8]{26}");
  }

  @Test
  void aCandidateArrivesAsABrowserSentIt() throws Exception {
    RawPeer worker = meeting.join("w", WORKER);
    RawPeer client = meeting.join("c", "");
    String candidate =
        "{\"type\":\"candidate\",\"sender\":\"c\",\"target\":\"w\",\"candidate\":{\"candidate\":"
            + "\"candidate:1 1 UDP 1 127.0.0.1 9 typ host\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0,"
            + "\"usernameFragment\":null}}";
    client.send(candidate);
    assertThat(worker.next()).isEqualTo(RawPeer.json(candidate));
  }

  @Test
  void anOfferToNobodyIsDroppedWithoutAnError() throws Exception {
    RawPeer client = meeting.join("c", "");
    client.send("{\"type\":\"offer\",\"sender\":\"c\",\"target\":\"gone\",\"sdp\":\"v=0\"}");
    assertThat(client.fence().path("type").asText()).isEqualTo("peer_list");
  }

  @Test
  void aPeerMessageArrivesOrItsSenderIsTold() throws Exception {
    RawPeer worker = meeting.join("w", WORKER);
    RawPeer client = meeting.join("c", "");
    String message =
        "{\"type\":\"peer_message\",\"from_peer_id\":\"c\",\"to_peer_id\":\"w\","
            + "\"payload\":{\"app_message_type\":\"job_request\",\"sender\":\"x\"}}";
    client.send(message);
    assertThat(worker.next()).isEqualTo(RawPeer.json(message));
    client.send(message.replace("\"w\"", "\"gone\""));
    JsonNode error = client.next();
    assertThat(error.path("type").asText()).isEqualTo("error");
    assertThat(error.path("code").asText()).isEqualTo("PEER_NOT_FOUND");
    assertThat(error.path("message").asText()).contains("'gone'");
  }

  @Test
  void discoveryFiltersByRoleTagsAndProperties() throws Exception {
    meeting.join("w1", WORKER);
    meeting.join("w2", WORKER.replace("8192", "24000").replace("training", "inference"));
    RawPeer client = meeting.join("c", ",\"role\":\"client\"");
    assertThat(found(client, "{}")).containsExactlyInAnyOrder("w1", "w2");
    assertThat(found(client, "{\"role\":\"client\"}")).isEmpty();
    assertThat(found(client, "{\"tags\":[\"inference-worker\",\"other\"]}")).containsExactly("w2");
    assertThat(found(client, "{\"properties\":{\"gpu_memory_mb\":{\"$gte\":16000}}}"))
        .containsExactly("w2");
    assertThat(found(client, "{\"properties\":{\"gpu_memory_mb\":{\"$lte\":16000}}}"))
        .containsExactly("w1");
    assertThat(found(client, "{\"properties\":{\"gpu_memory_mb\":{\"$eq\":24000.0}}}"))
        .containsExactly("w2");
    assertThat(found(client, "{\"properties\":{\"status\":\"available\"},\"room_id\":\"other\"}"))
        .containsExactlyInAnyOrder("w1", "w2");
    assertThat(found(client, "{\"properties\":{\"status\":\"busy\"}}")).isEmpty();
  }

  @Test
  void aListedPeerHasIdRoleMetadataAndTime() throws Exception {
    meeting.join("w", WORKER);
    RawPeer client = meeting.join("c", "");
    client.send("{\"type\":\"discover_peers\",\"from_peer_id\":\"c\",\"filters\":{}}");
    JsonNode list = client.next();
    assertThat(list.path("type").asText()).isEqualTo("peer_list");
    assertThat(list.path("to_peer_id").asText()).isEqualTo("c");
    assertThat(list.path("count").asInt()).isEqualTo(1);
    JsonNode peer = list.path("peers").get(0);
    assertThat(peer.path("role").asText()).isEqualTo("worker");
    assertThat(peer.path("connected_at").asText()).isNotEmpty();
    assertThat(peer.path("metadata").path("properties").path("gpu_memory_mb").asInt())
        .isEqualTo(8192);
  }

  @Test
  void anUpdateOfTheStatusKeepsTagsAndOtherProperties() throws Exception {
    RawPeer worker = meeting.join("w", WORKER);
    worker.send(
        "{\"type\":\"update_metadata\",\"peer_id\":\"w\","
            + "\"metadata\":{\"properties\":{\"status\":\"busy\"}}}");
    assertThat(worker.next())
        .isEqualTo(
            RawPeer.json(
                "{\"type\":\"metadata_updated\",\"metadata\":{\"tags\":[\"sleap-rtc\","
                    + "\"training-worker\"],\"properties\":{\"gpu_memory_mb\":8192,\"gpu_model\":"
                    + "\"CPU\",\"status\":\"busy\"}}}"));
    RawPeer client = meeting.join("c", "");
    assertThat(found(client, "{\"tags\":[\"training-worker\"]}")).containsExactly("w");
  }

  @Test
  void theSecondWorkerThatWantsToBeAdminHearsOfTheFirst() throws Exception {
    RawPeer first = meeting.join("w1", WORKER + ",\"is_admin\":true");
    RawPeer second = meeting.connect();
    second.send(
        Meeting.register(
            "w2",
            Meeting.token(meeting.signIn()),
            meeting.roomId(),
            meeting.roomToken(),
            ",\"is_admin\":true"));
    assertThat(second.next().path("current_admin").asText()).isEqualTo("w1");
    JsonNode registered = second.next();
    assertThat(registered.path("admin_peer_id").asText()).isEqualTo("w1");
    assertThat(registered.path("peer_list").get(0).asText()).isEqualTo("w1");
    assertThat(registered.path("peer_metadata").path("w1").path("tags").size()).isEqualTo(2);
    second.send(
        "{\"type\":\"mesh_connect\",\"from_peer_id\":\"w2\",\"target_peer_id\":\"w1\","
            + "\"offer\":{\"sdp\":\"v=0\",\"type\":\"offer\"}}");
    JsonNode offer = first.next();
    assertThat(offer.path("type").asText()).isEqualTo("mesh_offer");
    assertThat(offer.path("from_peer_id").asText()).isEqualTo("w2");
  }

  @Test
  void registrationFailsInTheWordsOfTheWire() throws Exception {
    String id = Meeting.token(meeting.owner);
    assertThat(refusal(Meeting.register("p", id, "nowhere", "x", "")))
        .isEqualTo(RawPeer.json("{\"type\":\"error\",\"reason\":\"Room not found\"}"));
    assertThat(refusal(Meeting.register("p", id, meeting.roomId(), "x", "")))
        .isEqualTo(RawPeer.json("{\"type\":\"error\",\"reason\":\"Invalid token\"}"));
    assertThat(refusal(Meeting.register("p", "x.y.z", meeting.roomId(), meeting.roomToken(), "")))
        .isEqualTo(RawPeer.json("{\"error\":\"Invalid token\"}"));
    assertThat(refusal("{\"type\":\"register\",\"id_token\":\"" + id + "\"}"))
        .isEqualTo(
            RawPeer.json(
                "{\"type\":\"error\",\"reason\":\"Missing required fields during registration.\"}"));
    assertThat(refusal("{\"type\":\"register\",\"peer_id\":\"p\"}"))
        .isEqualTo(
            RawPeer.json(
                "{\"type\":\"error\",\"reason\":\"No authentication provided. Use api_key, jwt, or"
                    + " id_token.\"}"));
  }

  @Test
  void bothPortsAnswerBothAndAnyPathIsASocket() throws Exception {
    URI http = meeting.server.address().http();
    RawPeer peer = meeting.connect(URI.create("ws://127.0.0.1:" + http.getPort() + "/any/path"));
    peer.send(meeting.register("p", meeting.owner));
    assertThat(peer.next().path("type").asText()).isEqualTo("registered_auth");
    URI webSocket = meeting.server.address().webSocket();
    assertThat(
            RawPeer.call(
                    URI.create("http://127.0.0.1:" + webSocket.getPort()), "GET", "/health", "", "")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void healthTellsTheVersionAndMetricsCount() throws Exception {
    meeting.join("p", "");
    JsonNode health = RawPeer.json(meeting.call("GET", "/health", "", "").body());
    assertThat(health.path("status").asText()).isEqualTo("ok");
    assertThat(health.path("version").asText()).isEqualTo("1.2.3");
    JsonNode metrics = RawPeer.json(meeting.call("GET", "/metrics", "", "").body());
    assertThat(metrics.path("peers").asInt()).isEqualTo(1);
    assertThat(metrics.path("rooms").asInt()).isEqualTo(1);
  }

  private JsonNode refusal(String register) throws Exception {
    RawPeer peer = meeting.connect();
    peer.send(register);
    JsonNode error = peer.next();
    assertThat(peer.closeCode()).isEqualTo(1008);
    return error;
  }

  private static List<String> found(RawPeer peer, String filters) throws Exception {
    peer.send("{\"type\":\"discover_peers\",\"from_peer_id\":\"c\",\"filters\":" + filters + "}");
    return peer.next().path("peers").findValuesAsText("peer_id");
  }
}
