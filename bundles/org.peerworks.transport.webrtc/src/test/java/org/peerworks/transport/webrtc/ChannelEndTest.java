package org.peerworks.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a channel uses the native one, which crashes or drops messages where it is used wrongly. */
class ChannelEndTest {

  @TempDir Path directory;
  private Pair pair;
  private Link link;
  private final Recorded data = new Recorded();
  private WebRtcChannel channel;

  @BeforeEach
  void start() throws Exception {
    pair = new Pair(directory);
    link = ((WebRtcPeer) pair.connect()).link();
    channel = new WebRtcChannel(link, data, "x");
    link.execute(channel::start);
  }

  @AfterEach
  void close() {
    pair.close();
  }

  @Test
  void theNativeChannelIsClosedOnceByTheLoopHoweverOftenCallersClose() throws Exception {
    CompletableFuture<?>[] callers = new CompletableFuture<?>[8];
    for (int i = 0; i < callers.length; i++) {
      callers[i] = CompletableFuture.runAsync(channel::close);
    }
    Pair.get(CompletableFuture.allOf(callers));
    onTheLoop(() -> channel.connectionGone("gone"));
    assertThat(data.calls).containsExactly("close on peerworks-webrtc-peer-worker");
  }

  @Test
  void theNativeChannelGoesOnceWhenItHasReportedBack() throws Exception {
    channel.close();
    onTheLoop(() -> {});
    assertThat(data.calls).hasSize(1);
    data.closed = true;
    data.observer.onStateChange();
    data.observer.onStateChange();
    onTheLoop(channel::dispose);
    assertThat(data.calls)
        .containsExactly(
            "close on peerworks-webrtc-peer-worker", "dispose on peerworks-webrtc-peer-worker");
  }

  @Test
  void theNativeChannelGoesWhenItNeverReportsBack() {
    channel.close();
    await().untilAsserted(() -> assertThat(data.calls).hasSize(2));
    assertThat(data.calls.get(1)).startsWith("dispose");
  }

  @Test
  void theNativeQueueNeverHoldsMoreThanTheHighWaterMark() throws Exception {
    for (int i = 0; i < 100; i++) {
      channel.send(ByteBuffer.allocate(100_000));
    }
    while (data.sent.get() < 10_000_000) {
      onTheLoop(channel::pump);
      assertThat(data.buffered.get()).isPositive().isLessThanOrEqualTo(1 << 20);
      onTheLoop(() -> data.buffered.addAndGet(-50_000)); // as it leaves for the network
    }
  }

  private void onTheLoop(Runnable task) throws Exception {
    Pair.get(
        link.call(
            connection -> {
              task.run();
              return CompletableFuture.completedFuture(null);
            }));
  }
}
