package org.peerworks.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {

  private static final Limits ROOMY =
      Tuned.limits(Map.of("maxPeersPerRoom", 512, "signInsPerMinute", 100_000));

  @TempDir Path data;

  @Test
  void threeHundredPeersAreInOneRoomAndReachEachOther() throws Exception {
    try (Meeting meeting = Meeting.start(data, ROOMY, Pace.DEFAULT)) {
      List<RawPeer> peers = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        peers.add(meeting.join("peer-" + i, meeting.owner, ",\"role\":\"client\""));
      }
      for (int i = 0; i < 300; i++) {
        peers
            .get(i)
            .send(
                "{\"type\":\"offer\",\"target\":\"peer-%d\",\"sdp\":\"v=0\"}"
                    .formatted((i + 1) % 300));
      }
      for (int i = 0; i < 300; i++) {
        assertThat(peers.get((i + 1) % 300).next("offer").path("sender").asText())
            .isEqualTo("peer-" + i);
      }
      meeting.server.close();
      for (RawPeer peer : peers) {
        assertThat(peer.closeCode()).isEqualTo(1001);
      }
    }
  }

  @Test
  void generatedRubbishNeverBreaksTheServer() throws Exception {
    Limits patient = Tuned.limits(Map.of("messagesPerSecond", 1000));
    try (Meeting meeting = Meeting.start(data, patient, Pace.DEFAULT)) {
      String good =
          "{\"type\":\"update_metadata\",\"peer_id\":\"p\",\"metadata\":{\"tags\":[\"a\"],"
              + "\"properties\":{\"x\":{\"y\":[1,2.5,null,true]}}}}";
      RawPeer peer = meeting.join("p", "");
      peer.send(good);
      assertThat(peer.next().path("type").asText()).isEqualTo("metadata_updated");
      Random random = new Random(7);
      for (int i = 0; i < 1000; i++) {
        StringBuilder broken = new StringBuilder(good);
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
          int at = random.nextInt(broken.length());
          switch (random.nextInt(3)) {
            case 0 -> broken.deleteCharAt(at);
            case 1 -> broken.setCharAt(at, (char) (' ' + random.nextInt(95)));
            default -> broken.insert(at, "{[\"\\u0000}],:1e999".charAt(random.nextInt(18)));
          }
        }
        peer.send(broken.toString());
        String type = peer.next().path("type").asText();
        assertThat(type).as(broken.toString()).isIn("error", "metadata_updated", "peer_list");
      }
      String deep = "[".repeat(10_000) + "]".repeat(10_000);
      for (String rubbish :
          List.of("", "[]", "null", "{}", "{}{}", "{\"type\":1}", "{\"type\":\"offer\"}", deep)) {
        peer.send(rubbish);
        assertThat(peer.next().path("type").asText()).as(rubbish).isEqualTo("error");
      }
      assertThat(meeting.join("q", "").fence().path("type").asText()).isEqualTo("peer_list");
    }
  }

  @Test
  void theLargestMessageArrivesAndALargerOneEndsTheConnection() throws Exception {
    try (Meeting meeting = Meeting.start(data)) {
      RawPeer target = meeting.join("t", "");
      RawPeer peer = meeting.join("p", "");
      String frame = "{\"type\":\"offer\",\"sender\":\"p\",\"target\":\"t\",\"sdp\":\"%s\"}";
      int room = Limits.DEFAULT.messageBytes() - frame.length() + 2;
      peer.send(frame.formatted("x".repeat(room)));
      assertThat(target.next().path("sdp").asText()).hasSize(room);
      peer.sendLater(frame.formatted("x".repeat(room + 1)));
      assertThat(peer.closeCode()).isEqualTo(1009);
      assertThat(target.fence().path("type").asText()).isEqualTo("peer_list");
    }
  }

  @Test
  void binaryMessagesAreRefused() throws Exception {
    try (Meeting meeting = Meeting.start(data)) {
      RawPeer peer = meeting.join("p", "");
      peer.sendBinary(new byte[] {1});
      assertThat(peer.closeCode()).isEqualTo(1003);
    }
  }

  @Test
  void aFloodEndsTheConnectionOfTheFlooderOnly() throws Exception {
    try (Meeting meeting = Meeting.start(data)) {
      RawPeer calm = meeting.join("calm", "");
      RawPeer flooder = meeting.join("flooder", "");
      for (int i = 0; i < 2000 && !flooder.isClosed(); i++) {
        flooder.sendLater("{\"type\":\"ping\"}").exceptionally(failure -> null).join();
      }
      assertThat(flooder.closeCode()).isIn(1008, 1006);
      assertThat(calm.fence().path("type").asText()).isEqualTo("peer_list");
    }
  }

  @Test
  void metadataRoomsPeersAndSocketsAreLimited() throws Exception {
    Limits few =
        Tuned.limits(
            Map.of(
                "maxConnections", 5,
                "maxConnectionsPerAddress", 4,
                "maxMetadataCharacters", 1024,
                "maxRoomsPerOwner", 2,
                "maxPeersPerRoom", 2));
    try (Meeting meeting = Meeting.start(data, few, Pace.DEFAULT)) {
      String owner = Meeting.token(meeting.owner);
      assertThat(meeting.call("POST", "/create-room", owner, "").statusCode()).isEqualTo(200);
      assertThat(meeting.call("POST", "/create-room", owner, "").statusCode()).isEqualTo(429);
      RawPeer one = meeting.join("one", "");
      one.send(
          "{\"type\":\"update_metadata\",\"metadata\":{\"tags\":[\"%s\"]}}"
              .formatted("x".repeat(1024)));
      assertThat(one.next().path("message").asText()).contains("larger than 1024");
      meeting.join("two", "");
      RawPeer three = meeting.connect();
      three.send(meeting.register("three", meeting.owner));
      assertThat(three.next().path("reason").asText()).startsWith("Too many peers");
      assertThat(three.closeCode()).isEqualTo(1008);
      awaitConnections(meeting, 2);
      meeting.connect();
      meeting.connect();
      assertThatThrownBy(meeting::connect).hasMessageContaining("WebSocketHandshakeException");
    }
  }

  @Test
  void theLimitOfConnectionsIsExact() throws Exception {
    int most = 20;
    Limits few = Tuned.limits(Map.of("maxConnections", most, "signInsPerMinute", 10_000));
    try (Meeting meeting = Meeting.start(data, few, Pace.DEFAULT)) {
      for (int round = 0; round < 5; round++) {
        List<CompletableFuture<RawPeer>> arriving = new ArrayList<>();
        for (int i = 0; i < 3 * most; i++) {
          arriving.add(
              CompletableFuture.supplyAsync(
                  () -> RawPeer.connect(meeting.server.address().webSocket())));
        }
        List<RawPeer> in = new ArrayList<>();
        for (CompletableFuture<RawPeer> each : arriving) {
          each.handle((peer, refused) -> peer == null || in.add(peer)).join();
        }
        assertThat(in).hasSize(most);
        in.forEach(RawPeer::close);
        awaitConnections(meeting, 0);
      }
    }
  }

  @Test
  void roomsOfTheServerAndIdsOfARoomAreLimited() throws Exception {
    Limits few = Tuned.limits(Map.of("maxRooms", 2, "maxIdsPerRoom", 2, "maxIdsPerName", 1));
    try (Meeting meeting = Meeting.start(data, few, Pace.DEFAULT)) {
      String other = Meeting.token(meeting.signIn());
      assertThat(meeting.call("POST", "/create-room", other, "").statusCode()).isEqualTo(200);
      assertThat(meeting.call("POST", "/create-room", other, "").body())
          .contains("Too many rooms on this server");
      meeting.join("one", meeting.owner, ",\"role\":\"worker\"");
      assertThat(refusal(meeting, "more", meeting.owner)).contains("You have too many peer ids");
      meeting.join("two", meeting.signIn(), ",\"role\":\"worker\"");
      assertThat(refusal(meeting, "three", meeting.signIn())).contains("too many workers");
    }
  }

  /** A client that leaves is gone a moment before the server knows. */
  private static void awaitConnections(Meeting meeting, int count) {
    String counted = "\"connections\":" + count;
    await().until(() -> meeting.call("GET", "/metrics", "", "").body().contains(counted));
  }

  private static String refusal(Meeting meeting, String peerId, JsonNode signedIn)
      throws Exception {
    RawPeer peer = meeting.connect();
    peer.send(meeting.register(peerId, signedIn));
    String reason = peer.next().path("reason").asText();
    assertThat(peer.closeCode()).isEqualTo(1008);
    return reason;
  }

  @Test
  void signInsFromOneAddressAreLimited() throws Exception {
    Limits few = Tuned.limits(Map.of("signInsPerMinute", 3));
    try (Meeting meeting = Meeting.start(data, few, Pace.DEFAULT)) {
      assertThat(meeting.call("POST", "/anonymous-signin", "", "").statusCode()).isEqualTo(200);
      assertThat(meeting.call("POST", "/anonymous-signin", "", "").statusCode()).isEqualTo(200);
      assertThat(meeting.call("POST", "/anonymous-signin", "", "").statusCode()).isEqualTo(429);
    }
  }

  @Test
  void callsThatAreNoneAreRefused() throws Exception {
    try (Meeting meeting = Meeting.start(data)) {
      assertThat(meeting.call("GET", "/nothing", "", "").statusCode()).isEqualTo(404);
      assertThat(meeting.call("GET", "/create-room", "", "").statusCode()).isEqualTo(405);
      assertThat(meeting.call("POST", "/create-room", "", "x".repeat(5000)).statusCode())
          .isEqualTo(413);
      String owner = Meeting.token(meeting.owner);
      assertThat(meeting.call("POST", "/delete-peer", owner, "{").statusCode()).isEqualTo(422);
    }
  }

  @Test
  void peersArePingedAndSocketsWithoutANameEnd() throws Exception {
    Pace quick =
        new Pace(
            Duration.ofMillis(200),
            Duration.ofMillis(100),
            Duration.ofSeconds(30),
            Duration.ofDays(1));
    try (Meeting meeting = Meeting.start(data, Limits.DEFAULT, quick)) {
      RawPeer peer = meeting.join("p", "");
      assertThat(peer.next()).isEqualTo(RawPeer.json("{\"type\":\"ping\"}"));
      assertThat(peer.next("ping")).isNotNull();
      RawPeer silent = meeting.connect();
      assertThat(silent.next().path("reason").asText()).isEqualTo("No registration in time.");
      assertThat(silent.closeCode()).isEqualTo(1008);
      assertThat(peer.isClosed()).isFalse();
    }
  }

  @Test
  void aPortInUseIsNamedWithWhatToDo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> Meeting.server(data, 0, port, Limits.DEFAULT, Pace.DEFAULT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("'httpPort'");
    }
  }

  @Test
  void roomsAndIdentitiesSurviveARestart() throws Exception {
    Meeting meeting = Meeting.start(data);
    JsonNode worker = meeting.signIn();
    meeting.join("w", worker, ",\"role\":\"worker\"");
    meeting.close();
    try (SignalingServer again = Meeting.server(data, 0, 0, Limits.DEFAULT, Pace.DEFAULT)) {
      RawPeer peer = RawPeer.connect(again.address().webSocket());
      peer.send(meeting.register("w", worker));
      JsonNode reply = peer.next();
      assertThat(reply.path("type").asText()).isEqualTo("registered_auth");
      assertThat(reply.path("token").asText()).isEqualTo(meeting.roomToken());
      peer.close();
    }
  }
}
