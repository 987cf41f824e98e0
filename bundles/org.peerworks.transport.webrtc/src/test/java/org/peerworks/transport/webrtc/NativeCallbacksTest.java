package org.peerworks.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onvoid.webrtc.RTCDataChannelBuffer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelOptions;
import org.peerworks.transport.api.Peer;

/** Nobody but this bundle's own code is ever called by the native library, nor waits for it. */
class NativeCallbacksTest {

  @TempDir Path directory;
  private Pair pair;

  @BeforeEach
  void start() {
    pair = new Pair(directory);
  }

  @AfterEach
  void close() {
    pair.close();
  }

  @Test
  void everyCallerIsCalledOnOurThreadsWithAClassLoader() throws Exception {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    MemoryRoom room = new MemoryRoom(pair.members, "seen");
    pair.worker.accept(
        room,
        peer -> {
          see(seen, "accepted");
          peer.closed().thenAccept(reason -> see(seen, "peer closed"));
          peer.onChannel(
              channel -> {
                see(seen, "channel");
                channel.closed().thenAccept(reason -> see(seen, "channel closed"));
                channel.receive(
                    new Collected() {
                      @Override
                      public void onText(String message) {
                        see(seen, "message");
                      }

                      @Override
                      public void onClosed(String reason) {
                        see(seen, "closed");
                      }
                    });
              });
        });
    CompletionStage<Peer> attempt = pair.client.connect(pair.clientRoom, "seen");
    attempt.thenAccept(peer -> see(seen, "connected"));
    Peer client = Pair.get(attempt);
    CompletionStage<Channel> opening = client.open("x", ChannelOptions.DEFAULT);
    opening.thenAccept(channel -> see(seen, "opened"));
    CompletionStage<Void> send = Pair.get(opening).send("x");
    send.thenAccept(done -> see(seen, "sent"));
    await().until(() -> seen.stream().anyMatch(s -> s.startsWith("message")));
    client.close();
    await().untilAsserted(() -> assertThat(seen).hasSize(9));
    assertThat(seen).allMatch(s -> s.endsWith(" on peerworks-webrtc- with class loader"));
  }

  private static void see(Queue<String> seen, String what) {
    Thread thread = Thread.currentThread();
    // A stage that is complete already calls whoever asks, on the asker's thread.
    String name =
        thread.getName().equals("main")
            ? "peerworks-webrtc-"
            : thread.getName().replaceAll("\\d", "");
    String loader = thread.getContextClassLoader() == null ? "out" : "";
    seen.add(what + " on " + name + " with" + loader + " class loader");
  }

  @Test
  void aReceivedMessageDoesNotUseTheMemoryOfTheNativeLibrary() throws Exception {
    Pair.open(pair.connect(), "x");
    WebRtcChannel there = (WebRtcChannel) pair.arrived();
    ByteBuffer memory = ByteBuffer.allocateDirect(4).putInt(0x01020304).flip();
    new ChannelCallbacks(there).onMessage(new RTCDataChannelBuffer(memory, true));
    memory.putInt(0, 0); // as freed, once the callback has returned
    Collected received = new Collected();
    there.receive(received);
    await().until(() -> !received.binaries.isEmpty());
    assertThat(received.binaries.get(0)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void callersDoNotWaitForTheNativeLibrary() throws Exception {
    WebRtcPeer client = (WebRtcPeer) pair.connect();
    Channel here = Pair.open(client, "x");
    Collected received = new Collected();
    pair.arrived().receive(received);
    CountDownLatch release = new CountDownLatch(1);
    // As if a call of the native library did not return: all of them are made by the loop.
    client.link().execute(() -> Listening.end(release::await));
    CompletionStage<Void> sent =
        Pair.get(CompletableFuture.supplyAsync(() -> here.send("while it is busy")));
    CompletionStage<Channel> opened =
        Pair.get(CompletableFuture.supplyAsync(() -> client.open("y", ChannelOptions.DEFAULT)));
    assertThat(sent.toCompletableFuture()).isNotDone();
    assertThat(opened.toCompletableFuture()).isNotDone();
    assertThat(received.texts).isEmpty();
    release.countDown();
    Pair.get(sent);
    Pair.get(CompletableFuture.runAsync(Pair.get(opened)::close));
    await().untilAsserted(() -> assertThat(received.texts).containsExactly("while it is busy"));
  }
}
