package org.peerworks.protocol.peerworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.TransferListener;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.protocol.peerworks.internal.Engine;
import org.peerworks.protocol.peerworks.internal.Settings;
import org.peerworks.protocol.peerworks.internal.identity.Identity;
import org.peerworks.protocol.peerworks.internal.identity.Transcript;

/** Keys of uploads and of places, each given by its name and seen where it acts. */
class KeysTest {

  private static final String HASH = "a".repeat(64);

  @TempDir Path directory;
  private Engine engine;

  @AfterEach
  void close() {
    engine.close();
  }

  private void serve(Map<String, Object> keys, long usable) {
    Settings settings = Configured.settings(ConfiguredTest.config(keys), "test");
    DirectoryJobs jobs = new DirectoryJobs(directory.resolve("jobs"));
    engine = new Engine(directory.resolve("worker"), settings, () -> jobs, root -> usable);
  }

  private void serve(Map<String, Object> keys) {
    serve(keys, 1L << 40);
  }

  private RawClient client(String peer, Identity identity) {
    MemoryChannel[] ends = MemoryChannel.pair(64 << 10);
    engine.serve(new MemoryPeer(peer, MemoryPeer.client(ends[1]).binding(), ends[1]), ends[1]);
    return new RawClient(ends[0], identity);
  }

  private RawClient trusted(String peer) {
    return client(peer, Identity.create()).trusted();
  }

  /** Why a client that proves itself gets no place. */
  private static String refusal(RawClient client) {
    client.send(client.hello());
    client.send(client.proof(client.transcript(client.message("hello")), Transcript.Role.CLIENT));
    return client.bye();
  }

  @Test
  void diskReserveMegabytes() {
    for (int reserve : new int[] {49, 51}) {
      serve(Map.of("diskReserveMegabytes", reserve), 100L << 20);
      RawClient client = trusted("anna");
      client.request(1, "offer", p -> p.put("sha256", HASH).put("size", 50L << 20));
      JsonNode reply = client.reply(1);
      assertThat(reply.path("error").path("code").asText())
          .isEqualTo(reserve == 49 ? "" : "NO_SPACE");
      engine.close();
    }
  }

  @Test
  void uploadExpiryMinutes() throws IOException {
    Path uploads = Files.createDirectories(directory.resolve("worker/uploads/" + HASH));
    Path old = aged(uploads.resolve("b".repeat(64) + ".part"), 8);
    Path young = aged(uploads.resolve("c".repeat(64) + ".part"), 2);
    serve(Map.of("uploadExpiryMinutes", 5));
    await().atMost(Duration.ofMinutes(1)).until(() -> !Files.exists(old));
    assertThat(young).exists();
  }

  private static Path aged(Path file, long minutes) throws IOException {
    Files.write(file, new byte[10]);
    return Files.setLastModifiedTime(
        file, FileTime.from(Instant.now().minus(Duration.ofMinutes(minutes))));
  }

  @Test
  void stallSeconds() {
    serve(Map.of("stallSeconds", 1));
    Identity anna = Identity.create();
    client("one", anna).trusted().offer(1, HASH, 5000);
    assertThat(client("two", anna).trusted().offer(1, HASH, 5000).has("transfer")).isTrue();
  }

  @Test
  void aLongStallSecondsKeepsASecondUploadWaiting() {
    serve(Map.of("stallSeconds", 86_400));
    Identity anna = Identity.create();
    client("one", anna).trusted().offer(1, HASH, 5000);
    RawClient second = client("two", anna).trusted();
    second.request(1, "offer", p -> p.put("sha256", HASH).put("size", 5000));
    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofMinutes(1))
        .until(() -> second.received.stream().noneMatch(KeysTest::isReply));
  }

  private static boolean isReply(JsonNode message) {
    return message.get("type").textValue().equals("reply");
  }

  @Test
  void maxClients() {
    serve(Map.of("maxClients", 2));
    trusted("one");
    trusted("two");
    assertThat(refusal(client("three", Identity.create()))).contains("serves 2 clients at once");
  }

  @Test
  void maxCallerConnections() {
    serve(Map.of("maxCallerConnections", 2));
    Identity anna = Identity.create();
    client("one", anna).trusted();
    client("two", anna).trusted();
    assertThat(refusal(client("three", anna))).contains("You have 2 connections");
  }

  @Test
  void maxPeerConnections() {
    serve(Map.of("maxPeerConnections", 2));
    trusted("one");
    trusted("one");
    assertThat(client("one", Identity.create()).bye()).contains("may have 2 connections");
  }

  @Test
  void idleSeconds() {
    serve(Map.of("maxClients", 1, "idleSeconds", 1));
    RawClient idle = trusted("one");
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              RawClient next = client("two", Identity.create());
              next.send(next.hello());
              next.send(next.proof(next.transcript(next.message("hello")), Transcript.Role.CLIENT));
              await()
                  .atMost(Duration.ofMinutes(1))
                  .until(() -> has(next, "welcome") || has(next, "bye"));
              return has(next, "welcome");
            });
    assertThat(idle.bye()).contains("others have more to do");
  }

  private static boolean has(RawClient client, String type) {
    return client.received.stream().anyMatch(m -> m.get("type").textValue().equals(type));
  }

  /** A client whose worker takes nothing: so much of a file waits in the channel, and no more. */
  @Test
  void queuedKilobytes() throws IOException {
    assertWaiting(64);
    assertWaiting(4096);
  }

  private void assertWaiting(int kilobytes) throws IOException {
    serve(Map.of("queuedKilobytes", kilobytes, "windowKilobytes", 8192));
    Path file = Files.write(directory.resolve("data" + kilobytes), new byte[8 << 20]);
    try (Engine client =
        new Engine(
            directory.resolve("client"),
            Configured.settings(
                ConfiguredTest.config(Map.of("queuedKilobytes", kilobytes)), "test"),
            () -> null)) {
      MemoryChannel[] ends = MemoryChannel.pair(64 << 10);
      engine.serve(MemoryPeer.client(ends[1]), ends[1]);
      RemoteWorker worker = Rig.get(client.connect(MemoryPeer.worker(ends[0]), ends[0]));
      ends[0].rewriteFrames(
          frame -> {
            ends[1].stopReading();
            return frame;
          });
      worker.jobs().submit(Rig.copy(Map.of("data", file)), TransferListener.NONE);
      long least = (long) kilobytes << 10;
      await().atMost(Duration.ofMinutes(1)).until(() -> ends[0].mostWaiting() >= least);
      await()
          .during(Duration.ofMillis(500))
          .atMost(Duration.ofMinutes(1))
          .until(() -> ends[0].mostWaiting() < least + (256 << 10));
    }
    engine.close();
  }
}
