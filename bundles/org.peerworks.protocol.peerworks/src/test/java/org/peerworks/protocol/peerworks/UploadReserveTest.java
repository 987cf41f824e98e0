package org.peerworks.protocol.peerworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.JobAccess;
import org.peerworks.protocol.peerworks.internal.Engine;
import org.peerworks.protocol.peerworks.internal.transfer.UploadLimits;

/** Uploads while the disk is filled, by themselves and by others. */
class UploadReserveTest {

  private static final int MIB = 1 << 20;

  @TempDir Path directory;

  /** Written by others than uploads. */
  private final AtomicLong others = new AtomicLong();

  private Engine engine;

  @BeforeEach
  void start() {
    UploadLimits limits =
        new UploadLimits(
            1L << 30, 1L << 31, 100, 10 * MIB, Duration.ofHours(1), Duration.ofSeconds(1));
    DirectoryJobs jobs = new DirectoryJobs(directory.resolve("jobs"));
    JobAccess access = jobs;
    engine =
        new Engine(
            directory.resolve("worker"),
            new Tuned().uploads(limits).get(),
            () -> access,
            root -> 100L * MIB - others.get() - uploaded());
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private long uploaded() throws IOException {
    Path uploads = directory.resolve("worker/uploads");
    if (!Files.exists(uploads)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(uploads)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private RawClient client() {
    MemoryChannel[] ends = MemoryChannel.pair(64 << 10);
    engine.serve(MemoryPeer.client(ends[1]), ends[1]);
    return new RawClient(ends[0]).trusted();
  }

  /** Sends zeros as far as they are asked for, until so many were sent or the transfer failed. */
  private static void send(RawClient client, JsonNode offer, long from, long to) {
    int transfer = offer.get("transfer").intValue();
    long granted = offer.get("grant").longValue();
    for (long at = from; at < to && !has(client, "failed"); ) {
      int size = (int) Math.min(60_000, to - at);
      if (at + size <= granted) {
        client.frame(transfer, at, new byte[size]);
        at += size;
      } else {
        long before = granted;
        granted =
            await()
                .pollInterval(Duration.ofMillis(2))
                .until(
                    () -> has(client, "failed") ? Long.MAX_VALUE : granted(client),
                    now -> now > before);
      }
    }
  }

  private static long granted(RawClient client) {
    return client.received.stream()
        .filter(m -> m.get("type").textValue().equals("ack"))
        .mapToLong(m -> m.get("grant").longValue())
        .max()
        .orElse(0);
  }

  private static boolean has(RawClient client, String type) {
    return client.received.stream().anyMatch(m -> m.get("type").textValue().equals(type));
  }

  private static String code(JsonNode failed) {
    return failed.get("error").get("code").textValue();
  }

  @Test
  void anUploadIsRefusedWhenOthersHaveFilledTheDiskAndTakenWhenThereIsRoomAgain()
      throws IOException {
    RawClient client = client();
    JsonNode offer = client.offer(1, "a".repeat(64), 60L * MIB);
    send(client, offer, 0, 20L * MIB);
    assertThat(has(client, "failed")).isFalse();

    others.set(85L * MIB);
    send(client, offer, 20L * MIB, 60L * MIB);

    JsonNode failed = client.message("failed");
    assertThat(code(failed)).isEqualTo("NO_SPACE");
    assertThat(failed.get("error").get("message").textValue()).contains("during the upload");
    await().untilAsserted(() -> assertThat(uploaded()).isZero());
    client.request(2, "types", p -> p);
    assertThat(client.reply(2).has("result")).isTrue();

    others.set(0);
    RawClient later = client();
    send(later, later.offer(1, "c".repeat(64), 60L * MIB), 0, 20L * MIB);
    assertThat(has(later, "failed")).isFalse();
  }

  @Test
  void theFirstToFailMakesRoomForTheOthers() throws IOException {
    List<RawClient> clients = List.of(client(), client(), client());
    List<JsonNode> offers = new ArrayList<>();
    for (RawClient client : clients) {
      offers.add(client.offer(1, "b".repeat(64), 25L * MIB));
    }
    for (int i = 0; i < 3; i++) {
      send(clients.get(i), offers.get(i), 0, 15L * MIB);
    }
    others.set(46L * MIB);
    for (int i = 0; i < 3; i++) {
      send(clients.get(i), offers.get(i), 15L * MIB, 20L * MIB - 1);
      await().until(() -> uploaded() < 41L * MIB);
    }
    assertThat(clients.stream().filter(client -> has(client, "failed"))).hasSize(1);
  }

  @Test
  void uploadsThatWereOnlyAnnouncedHoldNoRoom() {
    RawClient greedy = client();
    greedy.offer(1, "c".repeat(64), 80L * MIB);
    RawClient other = client();
    other.request(1, "offer", p -> p.put("sha256", "d".repeat(64)).put("size", 80L * MIB));
    assertThat(code(other.reply(1))).isEqualTo("NO_SPACE");

    AtomicLong id = new AtomicLong(1);
    await()
        .until(
            () -> other.offer(id.incrementAndGet(), "d".repeat(64), 80L * MIB),
            offer -> offer != null);
  }
}
