package org.peerworks.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.signaling.api.Signal;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.Peer;

final class PathRestartTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void anotherPathIsAgreedOnAndTheChannelsStay() throws Exception {
    try (Pair pair = new Pair(directory)) {
      List<String> offers = new CopyOnWriteArrayList<>();
      pair.clientRoom.alter(signal -> noted(signal, offers));
      Peer client = pair.connect();
      Channel channel = Pair.open(client, "lane");
      Collected there = new Collected();
      pair.arrived().receive(there);
      Peer worker = pair.accepted();

      begin(pair, client);
      await().atMost(LONG).until(() -> offers.size() == 2 && pair.clientRoom.listening() == 0);
      Pair.get(channel.send("still here"));

      await().atMost(LONG).until(() -> there.texts.contains("still here"));
      assertThat(ufrag(offers.get(0))).isNotEqualTo(ufrag(offers.get(1)));
      assertThat(client.closed().toCompletableFuture()).isNotDone();
      assertThat(worker.closed().toCompletableFuture()).isNotDone();
      assertThat(pair.accepted).isEmpty();
    }
  }

  @Test
  void anAnswerOfSomebodyElseChangesNothing() throws Exception {
    try (Pair pair = new Pair(directory)) {
      List<String> answers = new CopyOnWriteArrayList<>();
      pair.workerRoom.alter(signal -> noted(signal, answers));
      Peer client = pair.connect();
      Sdp other =
          Sdp.received(
              answers.get(0).replaceAll("a=fingerprint:sha-256 ..", "a=fingerprint:sha-256 00"));
      Negotiation negotiation = ((WebRtcPeer) client).link().negotiation();
      assertThat(negotiation.continues(Sdp.received(answers.get(0)))).isTrue();
      assertThatThrownBy(() -> Pair.get(negotiation.restarted(other)))
          .hasMessageContaining("another connection");
    }
  }

  @Test
  void aPeerThatCannotIsNotAsked() throws Exception {
    try (Pair pair = new Pair(directory)) {
      List<String> offers = new CopyOnWriteArrayList<>();
      pair.clientRoom.alter(signal -> noted(signal, offers));
      pair.workerRoom.alter(
          signal ->
              signal instanceof Signal.Answer answer
                  ? new Signal.Answer(
                      answer.peer(), answer.sdp().replace("a=x-peerworks-ice-restart\r\n", ""))
                  : signal);
      Peer client = pair.connect();
      begin(pair, client);
      assertThat(pair.clientRoom.listening()).isZero();
      assertThat(offers).hasSize(1);
    }
  }

  @Test
  void whileANewPathIsTriedNoOtherOneIsAskedFor() throws Exception {
    try (Pair pair = new Pair(directory)) {
      List<String> offers = new CopyOnWriteArrayList<>();
      pair.clientRoom.alter(signal -> noted(signal, offers));
      Peer client = pair.connect();
      PathRestart restart = new PathRestart(pair.clientRoom, ((WebRtcPeer) client).link());

      restart.begin();
      await().atMost(LONG).until(() -> offers.size() == 2 && pair.clientRoom.listening() == 0);
      restart.begin();
      assertThat(pair.clientRoom.listening()).as("disconnected again before it is found").isZero();

      restart.found();
      restart.begin();
      await().atMost(LONG).until(() -> offers.size() == 3 && pair.clientRoom.listening() == 0);
    }
  }

  private static void begin(Pair pair, Peer client) {
    new PathRestart(pair.clientRoom, ((WebRtcPeer) client).link()).begin();
  }

  private static Signal noted(Signal signal, List<String> descriptions) {
    if (signal instanceof Signal.Offer offer) {
      descriptions.add(offer.sdp());
    } else if (signal instanceof Signal.Answer answer) {
      descriptions.add(answer.sdp());
    }
    return signal;
  }

  private static String ufrag(String sdp) {
    return sdp.lines().filter(line -> line.startsWith("a=ice-ufrag:")).findFirst().orElseThrow();
  }
}
