package org.peerworks.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.TransportException;

class ChannelTest {

  @TempDir Path directory;
  private Pair pair;
  private Peer client;
  private Channel here;
  private Channel there;
  private final Collected received = new Collected();

  @BeforeEach
  void connect() throws Exception {
    pair = new Pair(directory);
    client = pair.connect();
    here = Pair.open(client, "data");
    there = pair.arrived();
  }

  @AfterEach
  void close() {
    pair.close();
  }

  @Test
  void onlyWhatIsBetweenPositionAndLimitIsSent() throws Exception {
    there.receive(received);
    ByteBuffer heap = ByteBuffer.wrap(new byte[] {0, 1, 2, 3, 4}).position(1).limit(3);
    ByteBuffer direct = ByteBuffer.allocateDirect(5).put(new byte[] {0, 1, 2, 3, 4});
    Pair.get(here.send(heap));
    Pair.get(here.send(direct.position(3).limit(5)));
    await().until(() -> received.binaries.size() == 2);
    assertThat(received.binaries.get(0)).containsExactly(1, 2);
    assertThat(received.binaries.get(1)).containsExactly(3, 4);
  }

  @Test
  void messagesOfEverySizeArriveWhole() throws Exception {
    there.receive(received);
    int[] sizes = {1, 2, 1200, 65_536, here.maxMessageSize() - 1, here.maxMessageSize()};
    for (int size : sizes) {
      Pair.get(here.send(filled(size)));
    }
    await().until(() -> received.binaries.size() == sizes.length);
    for (int i = 0; i < sizes.length; i++) {
      assertThat(ByteBuffer.wrap(received.binaries.get(i))).isEqualTo(filled(sizes[i]));
    }
  }

  @Test
  void anEmptyMessageArrivesEmpty() throws Exception {
    there.receive(received);
    Pair.get(here.send(ByteBuffer.allocate(0)));
    Pair.get(here.send(""));
    Pair.get(here.send("end"));
    await().untilAsserted(() -> assertThat(received.texts).containsExactly("", "end"));
    assertThat(received.binaries).hasSize(1).first().isEqualTo(new byte[0]);
  }

  @Test
  void aMessageThatIsTooLargeIsRefusedAndTheChannelGoesOn() throws Exception {
    there.receive(received);
    assertThat(here.maxMessageSize()).isEqualTo(262_144);
    ByteBuffer large = ByteBuffer.allocate(here.maxMessageSize() + 1);
    assertThatThrownBy(() -> here.send(large))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("262145")
        .hasMessageContaining("262144");
    Pair.get(here.send("still here"));
    await().untilAsserted(() -> assertThat(received.texts).containsExactly("still here"));
  }

  @Test
  void farMoreThanTheNativeQueueTakesArrivesWholeAndInOrder() throws Exception {
    there.receive(received);
    List<CompletableFuture<Void>> sends = new ArrayList<>();
    for (int i = 0; i < 400; i++) { // 50 MiB at once, where 16 MiB are dropped silently
      sends.add(here.send(filled(131_072 + i)).toCompletableFuture());
    }
    Pair.get(CompletableFuture.allOf(sends.toArray(CompletableFuture[]::new)));
    await().atMost(Duration.ofSeconds(60)).until(() -> received.binaries.size() == 400);
    for (int i = 0; i < 400; i++) {
      assertThat(ByteBuffer.wrap(received.binaries.get(i))).isEqualTo(filled(131_072 + i));
    }
  }

  @Test
  void callbacksComeOnOurThreadsWithAClassLoader() throws Exception {
    there.receive(received);
    Pair.get(here.send("x"));
    await().until(() -> received.texts.size() == 1);
    assertThat(received.contextClassLoader).isNotNull();
    assertThat(received.thread).startsWith("peerworks-webrtc-");
  }

  @Test
  void aReceiverMayWaitForItsOwnReplyToLeave() throws Exception {
    Collected replies = new Collected();
    here.receive(replies);
    there.receive(
        new Collected() {
          @Override
          public void onText(String message) {
            there.send("re: " + message).toCompletableFuture().join();
          }
        });
    Pair.get(here.send("a"));
    await().untilAsserted(() -> assertThat(replies.texts).containsExactly("re: a"));
  }

  @Test
  void whatCameBeforeTheReceiverIsDeliveredToIt() throws Exception {
    Pair.get(here.send("early"));
    await().until(() -> pair.accepted.peek().traffic().messagesReceived() == 1);
    there.receive(received);
    await().untilAsserted(() -> assertThat(received.texts).containsExactly("early"));
  }

  @Test
  void aFullWindowOfFilesAndTheMessagesBesideItMayWaitForTheReceiver() throws Exception {
    int files = (16 << 20) / here.maxMessageSize();
    int texts = 10_000;
    for (int i = 0; i < files; i++) {
      here.send(filled(here.maxMessageSize()));
    }
    for (int i = 0; i < texts; i++) {
      here.send("a line of a log that waits behind the files");
    }
    Peer worker = pair.accepted();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> worker.traffic().messagesReceived() == files + texts);
    there.receive(received);
    await().until(() -> received.texts.size() == texts);
    assertThat(received.binaries).hasSize(files);
    assertThat(there.closed().toCompletableFuture()).isNotDone();
  }

  @Test
  void aReceiverThatDoesNotTakeItsMessagesLosesTheChannelOnly() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    Collected slow =
        new Collected() {
          @Override
          public void onBinary(ByteBuffer message) {
            Listening.end(stuck::await);
          }
        };
    there.receive(slow);
    for (int i = 0; i < 200; i++) {
      here.send(filled(here.maxMessageSize()));
    }
    assertThat(Pair.get(there.closed())).contains("waited to be received");
    stuck.countDown();
    await().until(() -> slow.closed.size() == 1);
    Channel second = Pair.open(client, "second");
    Pair.get(second.send("goes on"));
  }

  @Test
  void closingTellsTheOtherSideOnceAfterItsMessages() throws Exception {
    there.receive(received);
    Pair.get(here.send("last"));
    here.close();
    here.close();
    await().until(() -> !received.closed.isEmpty());
    assertThat(received.texts).containsExactly("last");
    assertThat(received.closed).containsExactly("The other side closed channel 'data'.");
    assertThatThrownBy(() -> Pair.get(here.send("late")))
        .hasCauseInstanceOf(TransportException.class)
        .hasMessageContaining("This side closed channel 'data'");
  }

  @Test
  void whatWasSentBeforeTheConnectionIsClosedArrives() throws Exception {
    there.receive(received);
    for (int i = 0; i < 20; i++) {
      Pair.get(here.send(filled(here.maxMessageSize())));
    }
    client.close();
    await().until(() -> !received.closed.isEmpty());
    assertThat(received.binaries).hasSize(20);
  }

  private static ByteBuffer filled(int size) {
    byte[] content = new byte[size];
    for (int i = 0; i < size; i++) {
      content[i] = (byte) (i * 31 + size);
    }
    return ByteBuffer.wrap(content);
  }
}
