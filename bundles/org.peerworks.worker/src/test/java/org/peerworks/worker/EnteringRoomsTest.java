package org.peerworks.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.signaling.api.JoinRequest;
import org.peerworks.signaling.api.Role;
import org.peerworks.signaling.api.SessionString;

class EnteringRoomsTest {

  @TempDir Path data;
  private final TestServer server = new TestServer();
  private final List<TestWorker> workers = new ArrayList<>();

  @AfterEach
  void stop() {
    workers.forEach(worker -> worker.worker.stop());
  }

  @Test
  void theFirstStartMakesARoomAndStoresItForTheOwnerOnly() throws IOException {
    start(TestConfig.DEFAULT).awaitRoom(1);
    JoinRequest request = server.requests.get(0);
    assertThat(request.roomId()).isEmpty();
    assertThat(request.credential()).isEmpty();
    assertThat(request.keep()).isTrue();
    assertThat(request.self().role()).isEqualTo(Role.WORKER);
    assertThat(request.self().tags())
        .containsExactly("sleap-rtc", "training-worker", "inference-worker");
    Path file = data.resolve("keys/room.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(file)
        .content()
        .contains("\"roomId\" : \"room-1\"", "\"token\" : \"token-1\"", "\"peerId\"");
  }

  @Test
  void theSessionStringIsTheSameAfterARestart() {
    SessionString before = start(TestConfig.DEFAULT).awaitRoom(1).published.get().session();
    workers.get(0).worker.stop();
    assertThat(start(TestConfig.DEFAULT).awaitRoom(2).published.get().session()).isEqualTo(before);
    assertThat(server.requests.get(1).credential()).contains("proof-1");
  }

  @Test
  void aRoomThatIsGoneIsReplacedByANewOne() {
    start(TestConfig.DEFAULT).awaitRoom(1).worker.stop();
    server.rooms.clear();
    SessionString session = start(TestConfig.DEFAULT).awaitRoom(2).published.get().session();
    assertThat(session.roomId()).isEqualTo("room-3");
    start(TestConfig.DEFAULT).awaitRoom(3);
    assertThat(server.room().session()).isEqualTo(session);
  }

  @Test
  void anIdentityThatIsForgottenIsReplacedInTheSameRoom() {
    start(TestConfig.DEFAULT).awaitRoom(1).worker.stop();
    server.identities.clear();
    SessionString session = start(TestConfig.DEFAULT).awaitRoom(2).published.get().session();
    assertThat(session.roomId()).isEqualTo("room-1");
    assertThat(session.token()).isEqualTo("token-1");
  }

  @Test
  void anyOtherRefusalKeepsTheStoredRoomAndIsTriedAgain() throws IOException {
    start(TestConfig.DEFAULT).awaitRoom(1).worker.stop();
    byte[] stored = Files.readAllBytes(data.resolve("keys/room.json"));
    server.rooms.put("room-1", "changed");
    start(TestConfig.DEFAULT);
    Awaitility.await().until(() -> server.tries() == 2);
    server.rooms.put("room-1", "token-1");
    workers.get(1).awaitRoom(2);
    assertThat(data.resolve("keys/room.json")).hasBinaryContent(stored);
  }

  @Test
  void anotherServerGetsAnotherRoom() {
    start(TestConfig.DEFAULT).awaitRoom(1).worker.stop();
    start(TestConfig.DEFAULT.withServer("wss://example.org", "https://example.org")).awaitRoom(2);
    assertThat(server.requests.get(1).roomId()).isEmpty();
    assertThat(server.requests.get(1).credential()).isEmpty();
  }

  @Test
  void aConfiguredRoomIsEnteredAndNotReplaced() {
    server.rooms.put("lab", "secret");
    TestConfig config = TestConfig.DEFAULT.withRoom("lab", "secret");
    start(config).awaitRoom(1).worker.stop();
    SessionString session = server.room().session();
    assertThat(session.roomId()).isEqualTo("lab");
    start(config).awaitRoom(2).worker.stop();
    assertThat(server.room().session()).isEqualTo(session);
    server.rooms.clear();
    start(config);
    Awaitility.await().until(() -> server.tries() >= 3);
    server.rooms.put("lab", "secret");
    workers.get(2).awaitRoom(3);
    assertThat(server.requests).allMatch(request -> request.roomId().isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "{\"roomId\": 3}", "{\"roomId\": \"r\"}"})
  void aDamagedFileCountsAsNone(String content) throws IOException {
    Files.createDirectories(data.resolve("keys"));
    Files.writeString(data.resolve("keys/room.json"), content);
    start(TestConfig.DEFAULT).awaitRoom(1);
    assertThat(server.requests.get(0).roomId()).isEmpty();
  }

  @Test
  void aWorkerThatWasThrownOutComesBack() {
    TestWorker worker = start(TestConfig.DEFAULT).awaitRoom(1);
    SessionString session = server.room().session();
    server.room().closed.complete("server went away");
    Awaitility.await().until(() -> worker.published.get() == null);
    assertThat(worker.transport.accepts()).isFalse();
    worker.awaitRoom(2);
    assertThat(server.room().session()).isEqualTo(session);
    Awaitility.await().until(worker.transport::accepts);
  }

  @Test
  void aTransportWithoutItsCodeIsToldAndTheWorkerStillComesBack() {
    TestWorker worker = new TestWorker(server, TestConfig.DEFAULT, data);
    workers.add(worker);
    worker.transport.missing = new NoClassDefFoundError("dev/onvoid/webrtc/PeerConnectionFactory");
    worker.start().awaitRoom(1);
    assertThat(worker.problem)
        .isEqualTo("cannot accept peers over 'webrtc': dev/onvoid/webrtc/PeerConnectionFactory");
    worker.transport.missing = null;
    server.room().closed.complete("server went away");
    worker.awaitRoom(2);
    assertThat(worker.transport.accepts()).isTrue();
    assertThat(worker.problem).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, NoClassDefFoundError.class})
  void aJoinThatThrowsIsTriedAgain(Class<? extends Throwable> kind) throws Exception {
    server.throwOnce(kind.getConstructor(String.class).newInstance("not now"));
    start(TestConfig.DEFAULT).awaitRoom(1);
    assertThat(server.tries()).isEqualTo(2);
  }

  @Test
  void stoppingLeavesTheRoomOrGivesUpEnteringIt() {
    TestWorker in = start(TestConfig.DEFAULT).awaitRoom(1);
    in.worker.stop();
    assertThat(server.room().closed).isCompleted();
    assertThat(in.published.get()).isNull();

    server.unreachable();
    TestWorker outside = start(TestConfig.DEFAULT);
    Awaitility.await().until(() -> server.tries() == 2);
    outside.worker.stop();
    Awaitility.await().until(() -> server.joins.get(1).isCancelled());
  }

  @RepeatedTest(20)
  void stoppingWhileEnteringLeavesNobodyInTheRoom() {
    TestWorker worker = start(TestConfig.DEFAULT);
    worker.worker.stop();
    assertThat(server.joined).allMatch(room -> room.closed.isDone());
    assertThat(worker.published.get()).isNull();
  }

  @Test
  void wrongConfigurationIsNamed() {
    TestConfig config = TestConfig.DEFAULT;
    assertThatThrownBy(() -> start(config.withServer("http://x", "http://x")))
        .hasMessageContaining("'serverWebSocket' in org.peerworks.worker.cfg is 'http://x'");
    assertThatThrownBy(() -> start(config.withServer("ws://x", "not an address")))
        .hasMessageContaining("'serverHttp' in org.peerworks.worker.cfg is 'not an address'");
    assertThatThrownBy(() -> start(config.withRoom("lab", "")))
        .hasMessageContaining("'room' and 'token'");
    assertThatThrownBy(() -> start(config.withPeers(0, 1))).hasMessageContaining("'maxPeers'");
    assertThatThrownBy(() -> start(config.withPeers(1, 0)))
        .hasMessageContaining("'channelTimeoutSeconds'");
  }

  private TestWorker start(TestConfig config) {
    TestWorker worker = new TestWorker(server, config, data);
    workers.add(worker);
    return worker.start();
  }
}
