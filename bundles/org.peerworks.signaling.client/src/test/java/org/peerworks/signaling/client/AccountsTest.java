package org.peerworks.signaling.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.signaling.api.JoinRequest;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.PeerQuery;
import org.peerworks.signaling.api.Proof;
import org.peerworks.signaling.api.Role;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.ServerAddress;
import org.peerworks.signaling.api.SignalingException;
import org.peerworks.signaling.server.RunningServer;

/** Peers that come in with an account's login or key, or with a worker token. */
class AccountsTest {

  private static final Pace QUICK =
      new Pace(
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(90),
          Duration.ofMillis(50),
          Duration.ofMillis(400));

  @TempDir Path data;
  private final PeerSignaling signaling = new PeerSignaling(QUICK);
  private RunningServer server;
  private RunningServer.Account anna;

  @BeforeEach
  void start() throws Exception {
    server = RunningServer.start(data);
    anna = server.account("anna");
  }

  @AfterEach
  void stop() {
    signaling.stop();
    server.close();
  }

  @Test
  void aWorkerTokenALoginAndAKeyMeetInOneRoom() throws Exception {
    Room worker = get(join(Role.WORKER, Optional.empty(), new Proof.ApiKey(anna.token())));
    assertThat(worker.session().roomId()).isEqualTo(anna.roomId());
    assertThat(worker.session().token()).isEmpty();
    assertThat(worker.credential()).isEmpty();
    assertThat(worker.session().peerId()).startsWith("worker-").doesNotContain(anna.roomId());
    Room byLogin = get(join(Role.CLIENT, Optional.of(anna.roomId()), new Proof.Jwt(anna.jwt())));
    Room byKey = get(join(Role.CLIENT, Optional.of(anna.roomId()), new Proof.ApiKey(anna.key())));
    for (Room client : List.of(byLogin, byKey)) {
      assertThat(get(client.discover(Role.WORKER)))
          .extracting(PeerInfo::id)
          .containsExactly(worker.session().peerId());
    }
  }

  @Test
  void aWorkerWithATokenComesBackToItsRoom() throws Exception {
    Room worker = get(join(Role.WORKER, Optional.empty(), new Proof.ApiKey(anna.token())));
    ServerAddress address = server.address();
    server.close();
    await().until(() -> !worker.connected());
    server = RunningServer.restart(data, address);
    await().until(worker::connected);
    assertThat(worker.session().roomId()).isEqualTo(anna.roomId());
  }

  @Test
  void peersAreSelectedByTagsAndProperties() throws Exception {
    get(join(Role.WORKER, Optional.empty(), new Proof.ApiKey(anna.token())));
    Room client = get(join(Role.CLIENT, Optional.of(anna.roomId()), new Proof.Jwt(anna.jwt())));
    assertThat(get(client.discover(query(Set.of("gpu", "x"), 8000)))).hasSize(1);
    assertThat(get(client.discover(query(Set.of(), 9000)))).isEmpty();
    assertThat(get(client.discover(query(Set.of("x"), 8000)))).isEmpty();
  }

  @Test
  void whatDoesNotOpenTheRoomIsRefusedAsSuch() throws Exception {
    RunningServer.Account eve = server.account("eve");
    Optional<String> room = Optional.of(anna.roomId());
    refused(join(Role.CLIENT, room, new Proof.Jwt(eve.jwt())), "is no member of room");
    refused(join(Role.CLIENT, room, new Proof.ApiKey(eve.key())), "is no member of room");
    refused(join(Role.CLIENT, room, new Proof.Jwt("a.b.c")), "does not take this login");
    refused(join(Role.CLIENT, room, new Proof.ApiKey("slp_wrong")), "does not know this key");
    assertThatThrownBy(() -> get(join(Role.CLIENT, Optional.empty(), new Proof.ApiKey(anna.key()))))
        .hasMessageContaining("give its id");
  }

  private static void refused(CompletionStage<Room> joining, String words) {
    assertThatThrownBy(() -> get(joining))
        .hasMessageContaining(words)
        .cause()
        .extracting("code")
        .isEqualTo(SignalingException.Code.ACCESS_DENIED);
  }

  private static PeerQuery query(Set<String> tags, int memory) {
    return new PeerQuery(
        Role.WORKER, tags, Map.of("gpu_memory_mb", new PeerQuery.Condition.AtLeast(memory)));
  }

  private CompletionStage<Room> join(Role role, Optional<String> room, Proof proof) {
    return signaling.join(
        new JoinRequest(
            server.address(),
            room,
            Optional.empty(),
            new PeerInfo("", role, List.of("gpu"), Map.of("gpu_memory_mb", 8192)),
            proof,
            role == Role.WORKER));
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
