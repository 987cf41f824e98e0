package org.peerworks.transport.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Role;
import org.peerworks.signaling.api.Signal;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.Peer;

/** Two sides that mean well. */
class ConnectionTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void bothSidesKnowEachOtherAndTheCertificatesOfBoth() throws Exception {
    try (Pair pair = new Pair()) {
      Peer worker = pair.connect();
      Peer client = pair.accepted();
      assertThat(worker.id()).isEqualTo("worker");
      assertThat(client.id()).isEqualTo("client");
      assertThat(worker.transport()).isEqualTo("direct");
      assertThat(worker.place()).isEqualTo("direct/127.0.0.1:8080/room/worker");
      assertThat(worker.binding().local()).isEqualTo(client.binding().remote());
      assertThat(worker.binding().remote()).isEqualTo(client.binding().local());
      assertThat(worker.binding().local())
          .matches("sha-256 [0-9A-F]{2}(:[0-9A-F]{2}){31}")
          .isNotEqualTo(worker.binding().remote());
      assertThat(worker.worn().toCompletableFuture()).isNotDone();
    }
  }

  @Test
  void aPeerThatComesAgainTakesThePlaceOfItsFormerConnection() throws Exception {
    try (Pair pair = new Pair()) {
      Peer first = pair.connect();
      Peer second = pair.connect();
      assertThat(Pair.get(first.closed())).isEqualTo("'worker' has closed the connection.");
      Channel channel = Pair.open(second, "x");
      assertThat(channel.label()).isEqualTo("x");
    }
  }

  @Test
  void whoAcceptsAnnouncesWhereUntilItStops() throws Exception {
    try (Pair pair = new Pair()) {
      Map<String, Object> announced = pair.worker.announcement();
      assertThat(announced)
          .containsEntry("version", 1)
          .containsEntry("addresses", List.of("127.0.0.1"))
          .containsKey("port");
      assertThat(pair.client.announcement()).isEmpty();
      assertThat(pair.client.leadsTo(worker(Map.of("transports", Map.of("direct", announced)))))
          .isTrue();
      assertThat(pair.client.leadsTo(worker(Map.of("transports", Map.of("other", announced)))))
          .isFalse();
      assertThat(pair.client.leadsTo(worker(Map.of("transports", "direct")))).isFalse();
      assertThat(pair.client.leadsTo(worker(Map.of()))).isFalse();
      Peer connected = pair.connect();
      pair.accepted();
      pair.accepting.close();
      assertThat(pair.worker.announcement()).isEmpty();
      assertThat(Pair.open(connected, "still here").label()).isEqualTo("still here");
    }
  }

  private static PeerInfo worker(Map<String, Object> properties) {
    return new PeerInfo("worker", Role.WORKER, List.of(), properties);
  }

  @Test
  void aWorkerThatIsGoneIsGivenUpSoon() throws Exception {
    try (Pair pair = new Pair(Pair.settings().with("answerTimeoutSeconds", 1))) {
      assertThatThrownBy(() -> Pair.get(pair.client.connect(pair.clientRoom, "nobody")))
          .hasMessageContaining("'nobody' did not answer within 1 s.");
      assertThat(pair.clientRoom.listening()).isZero();
    }
  }

  @Test
  void anAddressWhereNobodyListensSaysSoAtOnce() throws Exception {
    Tuned elsewhere = Pair.settings().with("advertisedPort", closedPort());
    try (Pair pair = new Pair(elsewhere)) {
      assertThatThrownBy(pair::connect)
          .hasMessageContaining("'worker' was not reached on port")
          .hasMessageContaining("127.0.0.1 (Connection refused)");
    }
  }

  private static int closedPort() throws Exception {
    try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void theFirstAddressThatWorksIsTakenHoweverManyThereAre() throws Exception {
    Tuned several =
        Pair.settings()
            .with("bindAddress", "")
            .with("advertise", new String[] {"127.0.0.2", "0.0.0.0", "224.0.0.1", "localhost"});
    try (Pair pair = new Pair(several)) {
      assertThat(pair.connect().id()).isEqualTo("worker");
      assertThat(pair.accepted().id()).isEqualTo("client");
      assertThat(pair.accepted.poll()).isNull();
      await().atMost(LONG).until(() -> pair.worker.connections() == 1);
    }
  }

  @Test
  void aWorkerThatIsFullSaysSo() throws Exception {
    try (Pair pair = new Pair(Pair.settings().with("maxPeers", 1).with("maxOffers", 1000))) {
      MemoryRoom other = new MemoryRoom(pair.members, "other");
      Peer first = pair.connect();
      pair.accepted();
      assertThatThrownBy(() -> Pair.get(pair.client.connect(other, "worker")))
          .hasMessageContaining("'worker' refuses: 1 peers are connected");
      first.close();
      await()
          .atMost(LONG)
          .ignoreExceptions()
          .until(() -> Pair.get(pair.client.connect(other, "worker")).id().equals("worker"));
    }
  }

  @Test
  void offersThatComeTooOftenAreNotAnswered() throws Exception {
    try (Pair pair = new Pair(Pair.settings().with("maxOffers", 2))) {
      MemoryRoom eager = new MemoryRoom(pair.members, "eager");
      List<Signal> answers = new CopyOnWriteArrayList<>();
      eager.listen(answers::add);
      for (int i = 0; i < 10; i++) {
        Note offer = new Note.Offer(Note.Json.newTicket(), Identity.create().fingerprint());
        eager.send(new Signal.Message("worker", Note.Json.write(offer)));
      }
      assertThat(pair.connect().id()).isEqualTo("worker"); // answered after those before
      await().atMost(LONG).until(() -> answers.size() == 2);
    }
  }

  @Test
  void anAttemptThatIsCancelledLeavesNothing() throws Exception {
    try (Pair pair = new Pair()) {
      pair.workerRoom.alter(signal -> null);
      var attempt = pair.client.connect(pair.clientRoom, "worker").toCompletableFuture();
      attempt.cancel(true);
      assertThat(pair.clientRoom.listening()).isZero();
      assertThat(pair.client.connections()).isZero();
    }
  }
}
