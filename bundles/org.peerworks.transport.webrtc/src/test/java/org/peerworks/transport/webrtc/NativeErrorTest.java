package org.peerworks.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.TransportException;

/** The native library throws java.lang.Error; whoever waits is told, and nothing native stays. */
class NativeErrorTest {

  private static final Error BROKEN = new Error("Handle is not what was expected");

  @TempDir Path directory;
  private Pair pair;
  private Peer peer;
  private Link link;
  private final Recorded data = new Recorded();
  private Channel channel;

  @BeforeEach
  void start() throws Exception {
    pair = new Pair(directory);
    peer = pair.connect();
    link = ((WebRtcPeer) peer).link();
    CompletableFuture<Channel> arrived = new CompletableFuture<>();
    peer.onChannel(arrived::complete);
    link.execute(() -> link.arrived(data, "broken"));
    channel = Pair.get(arrived);
  }

  @AfterEach
  void close() {
    pair.close();
  }

  @Test
  void anErrorOfSendingFailsTheSendAndClosesThatChannelOnly() throws Exception {
    data.sendFailure = BROKEN;
    CompletionStage<Void> sent = channel.send("x");
    assertThatThrownBy(() -> Pair.get(sent))
        .hasCauseInstanceOf(TransportException.class)
        .hasMessageContaining("Sending failed: " + BROKEN);
    assertThat(Pair.get(channel.closed())).isEqualTo("Sending failed: " + BROKEN);
    await().untilAsserted(() -> assertThat(data.calls).hasSize(2));
    assertThat(data.calls.get(1)).startsWith("dispose");
    Collected received = new Collected();
    Channel other = Pair.open(peer, "good");
    pair.arrived().receive(received);
    Pair.get(other.send("still here"));
    await().untilAsserted(() -> assertThat(received.texts).containsExactly("still here"));
  }

  @Test
  void anErrorOfThePumpEndsTheConnectionAndAllThatIsNativeOfIt() throws Exception {
    Peer there = pair.accepted();
    Channel other = Pair.open(peer, "good");
    data.bufferedFailure = BROKEN;
    List<CompletionStage<Void>> sends = new ArrayList<>();
    for (int i = 0; i < 11; i++) { // one more than the native queue takes
      sends.add(channel.send(ByteBuffer.allocate(100_000)));
    }
    String reason = "Sending over WebRTC failed: " + BROKEN;
    assertThat(Pair.get(peer.closed())).isEqualTo(reason);
    assertThat(Pair.get(channel.closed())).isEqualTo(reason);
    assertThat(Pair.get(other.closed())).isEqualTo(reason);
    assertThatThrownBy(() -> Pair.get(sends.get(10))).hasMessageContaining(reason);
    assertThat(data.calls).last().asString().startsWith("dispose");
    assertThat(link.join(20_000)).isTrue();
    assertThat(link.channels()).isZero();
    assertThat(Pair.get(there.closed())).isEqualTo("'client' has closed the connection.");
    await().untilAsserted(() -> assertThat(ConnectionTest.nativeThreads()).isZero());
  }
}
