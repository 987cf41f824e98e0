package org.peerworks.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.signaling.api.Signal;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.Peer;

class ConnectionTest {

  @TempDir Path directory;

  @Test
  void peersMeetOnLoopbackAlone() throws Exception {
    try (Pair pair = new Pair(directory)) {
      WebRtcTransport alone =
          new WebRtcTransport(
              Pair.SETTINGS, Pair.library(directory), () -> LocalNetwork.loopback(0, 0));
      MemoryRoom room = new MemoryRoom(pair.members, "local");
      alone.accept(room, peer -> peer.onChannel(pair.channels::add));
      Peer peer = Pair.get(alone.connect(pair.clientRoom, "worker"));
      assertThat(peer.id()).isEqualTo("worker");
      alone.close();
    }
  }

  @Test
  void anOfferInTheOldFormIsAnswered() throws Exception {
    try (Pair pair = new Pair(directory)) {
      pair.clientRoom.alter(
          signal ->
              signal instanceof Signal.Offer offer
                  ? new Signal.Offer(offer.peer(), legacy(offer.sdp()))
                  : signal);
      Peer client = pair.connect();
      Channel here = Pair.open(client, "my-data-channel");
      Channel there = pair.arrived();
      assertThat(there.maxMessageSize()).isEqualTo(65_536);
      assertThat(here.maxMessageSize()).isEqualTo(65_536);
    }
  }

  private static String legacy(String sdp) {
    return sdp.replace("UDP/DTLS/SCTP webrtc-datachannel", "DTLS/SCTP 5000")
        .replace("a=sctp-port:5000", "a=sctpmap:5000 webrtc-datachannel 65535")
        .replace("a=max-message-size:262144", "a=max-message-size:65536");
  }

  @Test
  void aWorkerThatDoesNotAnswerIsNamed() throws Exception {
    try (Pair pair = new Pair(directory, Pair.SETTINGS, quick())) {
      assertThatThrownBy(() -> Pair.get(pair.client.connect(pair.clientRoom, "nobody")))
          .hasMessageContaining("'nobody' did not answer within 1 s");
      assertThat(pair.clientRoom.listening()).isZero();
    }
  }

  @Test
  void leavingTheRoomEndsTheAttempt() throws Exception {
    try (Pair pair = new Pair(directory)) {
      var attempt = pair.client.connect(pair.clientRoom, "nobody");
      pair.clientRoom.close();
      assertThatThrownBy(() -> Pair.get(attempt)).hasMessageContaining("The room was left");
    }
  }

  @Test
  void anUnusableAnswerEndsTheAttempt() throws Exception {
    try (Pair pair = new Pair(directory)) {
      pair.workerRoom.alter(signal -> new Signal.Answer(signal.peer(), "v=0\r\n"));
      assertThatThrownBy(pair::connect).hasMessageContaining("0 media sections");
    }
  }

  @Test
  void eachSideHearsThatTheOtherHasClosed() throws Exception {
    try (Pair pair = new Pair(directory)) {
      Peer client = pair.connect();
      Peer worker = pair.accepted();
      client.close();
      assertThat(Pair.get(client.closed())).isEqualTo("This side closed the connection.");
      assertThat(Pair.get(worker.closed())).isEqualTo("'client' has closed the connection.");
    }
  }

  @Test
  void aSecondConnectionOfAPeerReplacesOnlyItsOwn() throws Exception {
    try (Pair pair = new Pair(directory)) {
      MemoryRoom otherRoom = new MemoryRoom(pair.members, "other");
      Pair.get(pair.client.connect(otherRoom, "worker"));
      Peer other = pair.accepted();
      pair.connect();
      Peer first = pair.accepted();
      pair.connect();
      assertThat(Pair.get(first.closed())).isEqualTo("'client' has connected anew.");
      assertThat(other.closed().toCompletableFuture()).isNotDone();
      assertThat(pair.accepted().id()).isEqualTo("client");
    }
  }

  @Test
  void aConnectionEndsBeforeItsMessagesFillTheMemory() throws Exception {
    Settings few = Tuned.settings().with("maxMessagesReceived", 5).get();
    try (Pair pair = new Pair(directory, few, Pair.SETTINGS)) {
      Channel channel = Pair.open(pair.connect(), "many");
      Peer worker = pair.accepted();
      for (int i = 0; i < 5; i++) {
        channel.send("x");
      }
      assertThat(Pair.get(worker.closed())).contains("5 messages").contains("Connect again");
    }
  }

  @Test
  void nothingNativeStaysWhenATransportEnds() throws Exception {
    try (Pair warm = new Pair(directory)) {
      warm.connect();
    }
    for (int i = 0; i < 3; i++) {
      try (Pair pair = new Pair(directory)) {
        Pair.open(pair.connect(), "x");
        assertThat(nativeThreads()).isPositive();
      }
    }
    await().untilAsserted(() -> assertThat(nativeThreads()).isZero());
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("peerworks-webrtc")));
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void theEndOfATransportIsTheEndOfItsConnections() throws Exception {
    try (Pair pair = new Pair(directory)) {
      WebRtcPeer client = (WebRtcPeer) pair.connect();
      assertThat(loopOfTheClient()).isTrue();
      // As if the native library took its time.
      CountDownLatch never = new CountDownLatch(1);
      client.link().execute(() -> Listening.end(() -> never.await(1500, TimeUnit.MILLISECONDS)));
      pair.client.close();
      assertThat(loopOfTheClient()).isFalse();
    }
  }

  private static boolean loopOfTheClient() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("peerworks-webrtc-peer-worker"));
  }

  /** Threads of the native library in this process. */
  static long nativeThreads() throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      return tasks
          .map(ConnectionTest::name)
          .filter(n -> n.matches("(webrtc_jni|Audio|rtc-).*"))
          .count();
    }
  }

  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm")).strip();
    } catch (IOException e) {
      return ""; // it has just ended
    }
  }

  private static Settings quick() {
    return Tuned.settings().with("connectTimeoutSeconds", 1).get();
  }
}
