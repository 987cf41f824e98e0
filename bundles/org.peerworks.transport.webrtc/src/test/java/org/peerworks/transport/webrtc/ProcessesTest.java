package org.peerworks.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.Peer;

/** With the other side in a process of its own. */
class ProcessesTest {

  private static final Duration LOST = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final Map<String, MemoryRoom> members = new ConcurrentHashMap<>();

  @Test
  void thePeerOfAKilledProcessIsClosedAfterTheGraceOrWhenThePathIsLost() throws Exception {
    WebRtcTransport patient = transport(300);
    WebRtcTransport hasty = transport(1);
    try (Remote worker = new Remote(members, directory, Remote.class)) {
      Peer first = Pair.get(patient.connect(new MemoryRoom(members, "patient"), "worker"));
      Peer second = Pair.get(hasty.connect(new MemoryRoom(members, "hasty"), "worker"));
      Channel channel = Pair.open(first, "x");
      worker.kill();
      assertThat(reason(second)).isEqualTo("Nothing was heard from 'worker' for too long.");
      assertThat(first.closed().toCompletableFuture()).isNotDone();
      assertThat(reason(first)).isEqualTo("The network path to 'worker' was lost.");
      assertThat(Pair.get(channel.closed())).isEqualTo("The network path to 'worker' was lost.");
    } finally {
      patient.close();
      hasty.close();
    }
  }

  private WebRtcTransport transport(int graceSeconds) {
    Settings settings = Tuned.settings().with("disconnectGraceSeconds", graceSeconds).get();
    return new WebRtcTransport(settings, Pair.library(directory));
  }

  private static String reason(Peer peer) throws Exception {
    return peer.closed().toCompletableFuture().get(LOST.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void aProcessThatHasEndedItsTransportEndsByItself() throws Exception {
    WebRtcTransport client = transport(30);
    try (Remote worker = new Remote(members, directory, Remote.class)) {
      Peer peer = Pair.get(client.connect(new MemoryRoom(members, "client"), "worker"));
      Channel channel = Pair.open(peer, "x");
      channel.send(Remote.END);
      assertThat(Pair.get(peer.closed())).isEqualTo("'worker' has closed the connection.");
      assertThat(worker.status()).isZero();
    } finally {
      client.close();
    }
  }
}
