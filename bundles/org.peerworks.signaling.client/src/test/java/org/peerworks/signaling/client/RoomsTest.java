package org.peerworks.signaling.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.signaling.api.JoinRequest;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Role;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.ServerAddress;
import org.peerworks.signaling.api.Signal;
import org.peerworks.signaling.api.SignalingException;
import org.peerworks.signaling.server.RunningServer;

class RoomsTest {

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

  @BeforeEach
  void startServer() throws Exception {
    server = RunningServer.start(data);
  }

  @AfterEach
  void stopAll() {
    signaling.stop();
    server.close();
  }

  @Test
  void twoPeersMeetAndExchangeAnOffer() throws Exception {
    Room worker = get(signaling.join(newRoom("worker-1", Role.WORKER)));
    Room client = get(signaling.join(into(worker, "", Role.CLIENT)));
    BlockingQueue<Signal> atWorker = signals(worker);
    BlockingQueue<Signal> atClient = signals(client);

    List<PeerInfo> found = get(client.discover(Role.WORKER));
    assertThat(found).extracting(PeerInfo::id).containsExactly("worker-1");
    assertThat(found.get(0).properties()).containsEntry("peerworks", Map.of("version", 1));
    String me = client.session().peerId();
    assertThat(me).isNotEmpty();

    get(client.send(new Signal.Offer("worker-1", "v=0\r\noffer")));
    assertThat(next(atWorker)).isEqualTo(new Signal.Offer(me, "v=0\r\noffer"));
    get(worker.send(new Signal.Answer(me, "v=0\r\nanswer")));
    assertThat(next(atClient)).isEqualTo(new Signal.Answer("worker-1", "v=0\r\nanswer"));
    get(worker.send(new Signal.Candidate(me, "candidate:1 1 UDP 1 127.0.0.1 9 typ host", "0", 0)));
    assertThat(next(atClient))
        .isEqualTo(
            new Signal.Candidate("worker-1", "candidate:1 1 UDP 1 127.0.0.1 9 typ host", "0", 0));
    get(client.send(new Signal.Message("worker-1", "{\"a\":[1,null]}")));
    assertThat(next(atWorker)).isEqualTo(new Signal.Message(me, "{\"a\":[1,null]}"));
    get(client.send(new Signal.Quit("worker-1")));
    assertThat(next(atWorker)).isEqualTo(new Signal.Quit(me));
  }

  @Test
  void anOfferToSomebodyWhoIsNotThereFails() {
    Room worker = get(signaling.join(newRoom("worker-1", Role.WORKER)));
    assertThatThrownBy(() -> get(worker.send(new Signal.Offer("nobody", "v=0"))))
        .hasCauseInstanceOf(SignalingException.class)
        .hasMessageContaining("No peer 'nobody' is in room");
  }

  @Test
  void updatedPropertiesAreSeenAndTagsStay() throws Exception {
    Room worker = get(signaling.join(newRoom("worker-1", Role.WORKER)));
    Room client = get(signaling.join(into(worker, "", Role.CLIENT)));
    get(worker.updateProperties(Map.of("status", "busy")));
    PeerInfo seen = get(client.discover(Role.PEER)).get(0);
    assertThat(seen.properties()).containsEntry("status", "busy").containsKey("peerworks");
    assertThat(seen.tags()).containsExactly("gpu");
  }

  @Test
  void aPeerComesBackAfterTheServerRestarts() throws Exception {
    Room worker = get(signaling.join(newRoom("worker-1", Role.WORKER)));
    get(worker.updateProperties(Map.of("status", "busy")));
    ServerAddress address = server.address();
    server.close();
    await().until(() -> !worker.connected());
    server = RunningServer.restart(data, address);
    await().until(worker::connected);
    Room client = get(signaling.join(into(worker, "", Role.CLIENT)));
    PeerInfo seen = get(client.discover(Role.WORKER)).get(0);
    assertThat(seen.id()).isEqualTo("worker-1");
    assertThat(seen.properties()).containsEntry("status", "busy");
    BlockingQueue<Signal> atWorker = signals(worker);
    get(client.send(new Signal.Offer("worker-1", "v=0")));
    assertThat(next(atWorker)).isInstanceOf(Signal.Offer.class);
  }

  @Test
  void aRestartedWorkerTakesItsRoomAndIdAgain() throws Exception {
    Room before = get(signaling.join(newRoom("worker-1", Role.WORKER)));
    before.close();
    Room after =
        get(
            signaling.join(
                request(
                    Optional.of(before.session().roomId()),
                    Optional.of(before.session().token()),
                    "worker-1",
                    Role.WORKER,
                    Optional.of(before.credential()),
                    true)));
    assertThat(after.session()).isEqualTo(before.session());
  }

  @Test
  void somebodyElseCannotTakeAWorkersIdEvenWhileItIsAway() throws Exception {
    Room worker = get(signaling.join(newRoom("worker-1", Role.WORKER)));
    worker.close();
    assertThatThrownBy(() -> get(signaling.join(into(worker, "worker-1", Role.WORKER))))
        .hasMessageContaining("belongs to somebody else");
  }

  @Test
  void theSecondProgramWithOneIdentityPutsTheFirstOutForGood() throws Exception {
    Room first = get(signaling.join(newRoom("worker-1", Role.WORKER)));
    Room second =
        get(
            signaling.join(
                request(
                    Optional.of(first.session().roomId()),
                    Optional.of(first.session().token()),
                    "worker-1",
                    Role.WORKER,
                    Optional.of(first.credential()),
                    true)));
    assertThat(get(first.closed())).contains("Another program has joined");
    assertThat(second.connected()).isTrue();
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    ServerAddress address = server.address();
    server.close();
    assertThatThrownBy(() -> get(signaling.join(newRoom("worker-1", Role.WORKER, false))))
        .hasMessageContaining(
            "Cannot reach the signalling server at "
                + address.http()
                + ". Is it running? Start one with 'peerworks signal'.");
  }

  @Test
  void aPatientPeerJoinsWhenTheServerComes() throws Exception {
    ServerAddress address = server.address();
    server.close();
    CompletionStage<Room> joining = signaling.join(newRoom("worker-1", Role.WORKER));
    assertThatThrownBy(() -> joining.toCompletableFuture().copy().get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(java.util.concurrent.TimeoutException.class);
    server = RunningServer.restart(data, address);
    assertThat(get(joining).connected()).isTrue();
  }

  @Test
  void aWrongTokenAndAnUnknownRoomAreToldApart() {
    Room worker = get(signaling.join(newRoom("worker-1", Role.WORKER)));
    Optional<String> room = Optional.of(worker.session().roomId());
    assertThatThrownBy(
            () ->
                get(
                    signaling.join(
                        request(room, Optional.of("x"), "", Role.CLIENT, Optional.empty(), false))))
        .hasMessageContaining("The token does not open room '" + room.get() + "'");
    assertThatThrownBy(
            () ->
                get(
                    signaling.join(
                        request(
                            Optional.of("nowhere"),
                            Optional.of("x"),
                            "",
                            Role.CLIENT,
                            Optional.empty(),
                            true))))
        .hasMessageContaining("has no room 'nowhere'")
        .cause()
        .extracting("code")
        .isEqualTo(SignalingException.Code.ROOM_GONE);
    assertThatThrownBy(
            () ->
                get(
                    signaling.join(
                        request(
                            room,
                            Optional.of("x"),
                            "",
                            Role.CLIENT,
                            Optional.of("me:forged"),
                            false))))
        .hasMessageContaining("does not know this peer's stored identity")
        .cause()
        .extracting("code")
        .isEqualTo(SignalingException.Code.IDENTITY_UNKNOWN);
  }

  private JoinRequest newRoom(String id, Role role) {
    return newRoom(id, role, true);
  }

  private JoinRequest newRoom(String id, Role role, boolean keep) {
    return request(Optional.empty(), Optional.empty(), id, role, Optional.empty(), keep);
  }

  private JoinRequest into(Room room, String id, Role role) {
    return request(
        Optional.of(room.session().roomId()),
        Optional.of(room.session().token()),
        id,
        role,
        Optional.empty(),
        false);
  }

  private JoinRequest request(
      Optional<String> room,
      Optional<String> token,
      String id,
      Role role,
      Optional<String> credential,
      boolean keep) {
    return new JoinRequest(
        server.address(),
        room,
        token,
        new PeerInfo(id, role, List.of("gpu"), Map.of("peerworks", Map.of("version", 1))),
        credential,
        keep);
  }

  private static BlockingQueue<Signal> signals(Room room) {
    BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    room.listen(signals::add);
    return signals;
  }

  private static Signal next(BlockingQueue<Signal> signals) throws InterruptedException {
    return signals.poll(20, TimeUnit.SECONDS);
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
