package org.peerworks.transport.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.Peer;

/** How connections and the transport end. */
class EndTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void aPeerThatClosesSaysSo() throws Exception {
    try (Pair pair = new Pair()) {
      Peer worker = pair.connect();
      Peer client = pair.accepted();
      Channel here = Pair.open(worker, "x");
      Channel there = pair.arrived();
      Pair.get(here.send("last words"));
      Collected collected = new Collected();
      there.receive(collected);
      worker.close();
      assertThat(Pair.get(client.closed())).isEqualTo("'client' has closed the connection.");
      assertThat(Pair.get(there.closed())).isEqualTo("'client' has closed the connection.");
      assertThat(Pair.get(worker.closed())).isEqualTo("This side closed the connection.");
      assertThat(Pair.get(here.closed())).isEqualTo("This side closed the connection.");
      await().atMost(LONG).until(() -> !collected.closed.isEmpty());
      assertThat(collected.texts).containsExactly("last words");
      assertThatThrownBy(() -> Pair.open(worker, "too late"))
          .hasMessageContaining("This side closed the connection.");
      await().atMost(LONG).until(() -> pair.client.connections() + pair.worker.connections() == 0);
    }
  }

  @Test
  void theTransportEndsWithAllThatIsOpenAndUnderWay() throws Exception {
    Pair pair = new Pair();
    Identity key = Identity.create();
    Peer worker = pair.connect();
    Peer client = pair.accepted();
    Channel here = Pair.open(worker, "x");
    pair.arrived(); // and nobody receives
    List<CompletableFuture<Void>> sends = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      sends.add(here.send(ByteBuffer.allocate(200_000)).toCompletableFuture());
    }
    try (Socket stranger = new Socket("127.0.0.1", pair.port());
        Socket halfOpen = RawTls.connect(RawTls.invitation(pair, key.fingerprint()))) {
      await().atMost(LONG).until(() -> pair.worker.strangers() == 1);
      pair.worker.close();
      assertThat(Pair.get(worker.closed())).isEqualTo("'worker' has closed the connection.");
      assertThat(Pair.get(client.closed())).isEqualTo("This side is being stopped.");
      assertThat(stranger.getInputStream().read()).isEqualTo(-1);
      assertThat(halfOpen.getInputStream().read()).isEqualTo(-1);
      assertThatThrownBy(() -> Pair.get(sends.get(199)))
          .hasMessageContaining("'worker' has closed the connection.");
      assertThat(pair.worker.announcement()).isEmpty();
      assertThatThrownBy(() -> pair.worker.accept(pair.workerRoom, peer -> {}))
          .hasMessageContaining("has been stopped");
      assertThatThrownBy(() -> Pair.get(pair.worker.connect(pair.workerRoom, "client")))
          .hasMessageContaining("has been stopped");
    } finally {
      pair.close();
    }
    await().atMost(LONG).until(() -> threads().isEmpty());
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("peerworks-direct"))
        .toList();
  }

  @Test
  void anAttemptUnderWayEndsWithTheTransport() throws Exception {
    try (Pair pair = new Pair()) {
      pair.workerRoom.alter(signal -> null);
      CompletionStage<Peer> attempt = pair.client.connect(pair.clientRoom, "worker");
      pair.client.close();
      assertThatThrownBy(() -> Pair.get(attempt)).hasMessageContaining("being stopped");
    }
  }

  @Test
  void anAttemptEndsWithTheRoom() throws Exception {
    try (Pair pair = new Pair()) {
      pair.workerRoom.alter(signal -> null);
      CompletionStage<Peer> attempt = pair.client.connect(pair.clientRoom, "worker");
      pair.clientRoom.close();
      assertThatThrownBy(() -> Pair.get(attempt)).hasMessageContaining("The room was left: left");
    }
  }

  @Test
  void aPeerThatIsSilentForTooLongIsGivenUp() throws Exception {
    Identity key = Identity.create();
    try (Pair pair = new Pair(Pair.settings().with("disconnectGraceSeconds", 1));
        RawTls silent =
            RawTls.client(RawTls.invitation(pair, key.fingerprint()), key, "TLSv1.3").hello()) {
      Peer peer = pair.accepted();
      silent.expect(Frames.PING);
      assertThat(Pair.get(peer.closed())).isEqualTo("Nothing was heard from 'raw' for too long.");
    }
  }

  @Test
  void idlePeersHearOfEachOtherAndStay() throws Exception {
    try (Pair pair = new Pair(Pair.settings().with("disconnectGraceSeconds", 1))) {
      Peer worker = pair.connect();
      Channel here = Pair.open(worker, "x");
      Channel there = pair.arrived();
      Collected collected = new Collected();
      there.receive(collected);
      await()
          .pollDelay(Duration.ofMillis(2500)) // more than twice what may be silent
          .atMost(LONG)
          .until(() -> true);
      here.send("still here");
      await().atMost(LONG).until(() -> collected.texts.contains("still here"));
    }
  }
}
