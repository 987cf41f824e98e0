package org.peerworks.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.signaling.api.Signal;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.TransportException;

/** Candidates one by one, and how many peers are let in. */
class AdmissionTest {

  @TempDir Path directory;

  @Test
  void candidatesOfTheWorkerMayComeLate() throws Exception {
    try (Pair pair = new Pair(directory)) {
      List<Signal.Candidate> late = new CopyOnWriteArrayList<>();
      pair.clientRoom.alter(signal -> withoutCandidates(signal, new CopyOnWriteArrayList<>()));
      pair.workerRoom.alter(signal -> withoutCandidates(signal, late));
      CompletionStage<Peer> attempt = pair.client.connect(pair.clientRoom, "worker");
      await().until(() -> !late.isEmpty());
      late.forEach(pair.workerRoom::send);
      assertThat(Pair.get(attempt).id()).isEqualTo("worker");
    }
  }

  @Test
  void candidatesOfTheClientMayComeLate() throws Exception {
    try (Pair pair = new Pair(directory)) {
      List<Signal.Candidate> late = new CopyOnWriteArrayList<>();
      List<Signal.Candidate> answered = new CopyOnWriteArrayList<>();
      pair.clientRoom.alter(signal -> withoutCandidates(signal, late));
      pair.workerRoom.alter(signal -> withoutCandidates(signal, answered));
      CompletionStage<Peer> attempt = pair.client.connect(pair.clientRoom, "worker");
      await().until(() -> !answered.isEmpty());
      late.forEach(pair.clientRoom::send);
      assertThat(Pair.get(attempt).id()).isEqualTo("worker");
    }
  }

  @Test
  void candidatesMayComeBeforeTheAnswer() throws Exception {
    try (Pair pair = new Pair(directory)) {
      pair.clientRoom.alter(signal -> withoutCandidates(signal, new CopyOnWriteArrayList<>()));
      pair.workerRoom.alter(
          signal -> {
            if (!(signal instanceof Signal.Answer)) {
              return signal;
            }
            List<Signal.Candidate> early = new CopyOnWriteArrayList<>();
            Signal answer = withoutCandidates(signal, early);
            early.forEach(pair.workerRoom::send);
            return answer;
          });
      assertThat(pair.connect().id()).isEqualTo("worker");
    }
  }

  @Test
  void peersThatFindNoPathToEachOtherSaySo() throws Exception {
    Settings quick = Tuned.settings().with("connectTimeoutSeconds", 2).get();
    try (Pair pair = new Pair(directory, Pair.SETTINGS, quick)) {
      pair.clientRoom.alter(signal -> withoutCandidates(signal, new CopyOnWriteArrayList<>()));
      pair.workerRoom.alter(signal -> withoutCandidates(signal, new CopyOnWriteArrayList<>()));
      assertThatThrownBy(pair::connect)
          .hasMessageContaining("No network path to 'worker' was found within 2 s")
          .hasMessageContaining("TURN server");
    }
  }

  /** The signal without its candidates, which are kept. */
  private static Signal withoutCandidates(Signal signal, List<Signal.Candidate> kept) {
    if (signal instanceof Signal.Offer offer) {
      return new Signal.Offer(offer.peer(), stripped(offer.peer(), offer.sdp(), kept));
    } else if (signal instanceof Signal.Answer answer) {
      return new Signal.Answer(answer.peer(), stripped(answer.peer(), answer.sdp(), kept));
    }
    return signal;
  }

  private static String stripped(String peer, String sdp, List<Signal.Candidate> kept) {
    kept.addAll(
        sdp.lines()
            .filter(line -> line.startsWith("a=candidate:"))
            .map(line -> new Signal.Candidate(peer, line.substring(2), "0", 0))
            .toList());
    return sdp.lines()
        .filter(line -> !line.startsWith("a=candidate:"))
        .collect(Collectors.joining("\r\n", "", "\r\n"));
  }

  @Test
  void noMorePeersThanAllowedAreConnected() throws Exception {
    Settings one = Tuned.settings().with("maxPeers", 1).get();
    try (Pair pair = new Pair(directory, one, Pair.SETTINGS)) {
      MemoryRoom other = new MemoryRoom(pair.members, "other");
      Peer first = pair.connect();
      assertNotAnswered(other);
      first.close();
      Pair.get(pair.accepted().closed());
      assertThat(Pair.get(pair.client.connect(other, "worker")).id()).isEqualTo("worker");
    }
  }

  @Test
  void noMoreConnectionsThanAllowedAreSetUpAtOnce() throws Exception {
    Settings one = Tuned.settings().with("maxPending", 1).get();
    try (Pair pair = new Pair(directory, one, Pair.SETTINGS)) {
      MemoryRoom other = new MemoryRoom(pair.members, "other");
      CompletableFuture<Void> answered = new CompletableFuture<>();
      pair.workerRoom.alter(
          signal -> {
            answered.complete(null);
            return null;
          });
      CompletionStage<Peer> first = pair.client.connect(pair.clientRoom, "worker");
      Pair.get(answered); // and it waits for a client that never hears of it
      pair.workerRoom.alter(signal -> signal);
      assertThat(Pair.get(pair.client.connect(other, "worker")).id()).isEqualTo("worker");
      assertThat(first.toCompletableFuture()).isNotDone();
      assertThat(pair.accepted().id()).isEqualTo("other");
    }
  }

  @Test
  void whoeverNeverFinishesKeepsNobodyOutHoweverManyOffersItSends() throws Exception {
    Settings two = Tuned.settings().with("maxPending", 2).get();
    try (Pair pair = new Pair(directory, two, Pair.SETTINGS)) {
      CompletableFuture<String> offer = new CompletableFuture<>();
      pair.clientRoom.alter(
          signal -> {
            offer.complete(((Signal.Offer) signal).sdp());
            return null;
          });
      pair.client.connect(pair.clientRoom, "worker");
      String sdp = Pair.get(offer);
      List<String> answered = new CopyOnWriteArrayList<>();
      pair.workerRoom.alter(
          signal -> {
            answered.add(signal.peer());
            return signal;
          });
      for (int i = 0; i < 6; i++) {
        String id = "idle-" + i;
        MemoryRoom idle = new MemoryRoom(pair.members, id);
        await()
            .untilAsserted(
                () -> {
                  idle.send(new Signal.Offer("worker", sdp));
                  await().atMost(Duration.ofSeconds(1)).until(() -> answered.contains(id));
                });
      }
      MemoryRoom other = new MemoryRoom(pair.members, "other");
      assertThat(Pair.get(pair.client.connect(other, "worker")).id()).isEqualTo("worker");
    }
  }

  @Test
  void aConnectionThatIsNeverFinishedIsGivenUp() throws Exception {
    Settings hasty = Tuned.settings().with("connectTimeoutSeconds", 1).get();
    try (Pair pair = new Pair(directory, hasty, Pair.SETTINGS)) {
      pair.workerRoom.alter(signal -> null);
      pair.client.connect(pair.clientRoom, "worker");
      await().until(() -> pair.worker.connections() == 1);
      await().until(() -> pair.worker.connections() == 0);
    }
  }

  private void assertNotAnswered(MemoryRoom room) {
    Settings quick = Tuned.settings().with("connectTimeoutSeconds", 2).get();
    WebRtcTransport impatient = new WebRtcTransport(quick, Pair.library(directory));
    try {
      assertThatThrownBy(() -> Pair.get(impatient.connect(room, "worker")))
          .hasMessageContaining("'worker' did not answer");
    } finally {
      impatient.close();
    }
  }

  @Test
  void aSecondAttemptToTheSamePeerIsRefusedWhileTheFirstGoesOn() throws Exception {
    try (Pair pair = new Pair(directory)) {
      CompletionStage<Peer> first = pair.client.connect(pair.clientRoom, "worker");
      CompletionStage<Peer> second = pair.client.connect(pair.clientRoom, "worker");
      assertThatThrownBy(() -> Pair.get(second))
          .hasCauseInstanceOf(TransportException.class)
          .hasMessageContaining("A connection to 'worker' is being made already");
      Peer peer = Pair.get(first);
      Pair.open(peer, "works");
      assertThat(pair.accepted().id()).isEqualTo("client");
      assertThat(peer.closed().toCompletableFuture()).isNotDone();
      assertThat(pair.connect().id()).isEqualTo("worker");
    }
  }
}
