package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.lib.files.Hashes;
import org.peerworks.protocol.peerworks.internal.identity.Identity;

/**
 * Clients that break the protocol, over WebRTC, against the worker out of its archive. After each,
 * nothing of theirs is left, and a job of somebody else runs.
 */
class HostileClientIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PIECE = 60_000;

  @TempDir static Path directory;

  private static Lab lab;
  private static ScriptedTrainer trainer;
  private static Running worker;
  private static String session;
  private static Radio radio;
  private static byte[] data;
  private static String hash;

  @BeforeAll
  static void startWorker() throws Exception {
    lab = new Lab(directory);
    trainer = new ScriptedTrainer(lab);
    trainer.go();
    lab.signal();
    worker = lab.worker();
    session = Lab.session(worker);
    radio = new Radio(directory.resolve("radio"), lab.server(), session);
    data = new byte[200_000];
    new Random(7).nextBytes(data);
    hash = Hashes.sha256(Files.write(directory.resolve("data"), data));
  }

  @AfterAll
  static void aGoodJobRuns() throws Exception {
    try {
      Running client =
          lab.client(
              "client-train",
              "-s",
              session,
              "-p",
              trainer.trainingPackage("good.zip", 1000).toString());
      assertThat(client.exit()).as(client.transcript()).isZero();
      assertThat(files("uploads")).isEmpty();
      assertThat(jobs()).hasSize(1);
    } finally {
      radio.close();
      lab.close();
    }
  }

  @AfterEach
  void nothingIsLeftAndOthersAreServed() throws Exception {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(files("uploads")).isEmpty());
    assertThat(jobs()).isEmpty();
    try (HostileClient other = client().trusted()) {
      other.request(1, "types", params -> params);
      assertThat(other.reply(1).get("result").get("types").findValuesAsText("name"))
          .contains("train");
    }
    assertThat(worker.isAlive()).as(worker.transcript()).isTrue();
    assertThat(worker.transcript()).doesNotContain("OutOfMemory", "by a defect");
  }

  private static List<Path> files(String folder) throws IOException {
    Path root = lab.workerData().resolve(folder);
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> !Files.isDirectory(path)).toList();
    }
  }

  /** Folders of jobs. */
  private static List<Path> jobs() throws IOException {
    Path root = lab.workerData().resolve("jobs");
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(root)) {
      return all.toList();
    }
  }

  private static HostileClient client() throws Exception {
    return client(Identity.create());
  }

  private static HostileClient client(Identity identity) throws Exception {
    return new HostileClient(radio.connect(), identity);
  }

  /** Sends the file from an offset on. */
  private static int send(HostileClient client, JsonNode offer, long to) {
    int transfer = offer.get("transfer").intValue();
    for (long at = offer.get("offset").longValue(); at < to; ) {
      int end = (int) Math.min(to, at + PIECE);
      client.frame(transfer, at, Arrays.copyOfRange(data, (int) at, end));
      at = end;
    }
    return transfer;
  }

  /** Continues what was begun, then hands it in to no job type, so that the file goes. */
  private static void finish(Identity identity) throws Exception {
    try (HostileClient client = client(identity).trusted()) {
      JsonNode offer = client.offer(1, hash, data.length);
      if (!offer.get("complete").booleanValue()) {
        send(client, offer, data.length);
        client.message("stored", m -> true);
      }
      client.submit(2, "none", "data", hash);
      assertThat(client.refusal(2)).isEqualTo("UNKNOWN_TYPE");
    }
  }

  @Test
  void aTruncatedUploadIsRefused() throws Exception {
    try (HostileClient client = client().trusted()) {
      String token = "7".repeat(64);
      int transfer = send(client, client.offerUnsealed(1, token, data.length), 120_000);
      client.submit(2, "train", "data.zip", hash);
      assertThat(client.refusal(2)).isEqualTo("INVALID");
      client.seal(transfer, hash);
      assertThat(client.message("failed", m -> true).get("error").get("message").textValue())
          .contains("sealed at byte 120000 of 200000");
    }
  }

  @Test
  void aWrongUploadIsRefused() throws Exception {
    try (HostileClient client = client().trusted()) {
      String wrong = "0".repeat(64);
      int told = send(client, client.offer(1, wrong, data.length), data.length);
      assertThat(failure(client, told)).contains("announced with the SHA-256 " + wrong);
      int sealed = send(client, client.offerUnsealed(2, wrong, data.length), data.length);
      client.seal(sealed, wrong);
      assertThat(failure(client, sealed)).contains("announced with the SHA-256 " + wrong);
      int gap = client.offer(3, hash, data.length).get("transfer").intValue();
      client.frame(gap, 5000, new byte[PIECE]);
      assertThat(failure(client, gap)).contains("bytes from 0");
      client.submit(4, "train", "data.zip", hash);
      assertThat(client.refusal(4)).isEqualTo("INVALID");
    }
  }

  private static String failure(HostileClient client, int transfer) {
    return client
        .message("failed", m -> m.get("transfer").intValue() == transfer)
        .get("error")
        .get("message")
        .textValue();
  }

  @Test
  void badNamesAreRefused() throws Exception {
    Identity identity = Identity.create();
    try (HostileClient client = client(identity).trusted()) {
      send(client, client.offer(1, hash, data.length), data.length);
      client.message("stored", m -> true);
      List<String> names =
          List.of(
              "..",
              ".",
              "",
              "../evil.zip",
              "a/evil.zip",
              "/evil.zip",
              "a\\evil.zip",
              "..\\evil",
              "evil\u0000.zip",
              "evil\n.zip",
              "-evil.zip",
              ".evil",
              "evil.",
              "e\u202evil.zip",
              "e".repeat(256));
      for (int i = 0; i < names.size(); i++) {
        client.submit(10 + i, "train", names.get(i), hash);
        assertThat(client.refusal(10 + i)).as(names.get(i)).isEqualTo("INVALID");
        String name = names.get(i);
        client.request(100 + i, "openOutput", p -> output(p, "none", name));
        assertThat(client.refusal(100 + i)).as(name).isIn("INVALID", "NOT_FOUND");
        client.request(200 + i, "openOutput", p -> output(p, "../../" + name, "log"));
        assertThat(client.refusal(200 + i)).as(name).isIn("INVALID", "NOT_FOUND");
      }
    }
    finish(identity);
    assertThat(files("")).noneMatch(file -> file.getFileName().toString().contains("evil"));
  }

  private static ObjectNode output(ObjectNode params, String job, String name) {
    return params.put("jobId", job).put("name", name).put("offset", 0).put("grant", 0);
  }

  @Test
  void aClientMayVanishAtEachStep() throws Exception {
    List<Consumer<HostileClient>> steps =
        List.of(
            client -> {},
            HostileClient::hello,
            client -> {
              client.hello();
              client.prove();
            },
            HostileClient::trusted,
            client -> client.trusted().request(1, "types", p -> p),
            client -> client.trusted().text("+" + "{\"type\":".repeat(100)),
            client -> client.trusted().request(1, "offer", HostileClientIT::whole),
            client -> client.trusted().offer(1, hash, data.length),
            client -> send(client, client.trusted().offer(1, hash, data.length), 120_000),
            client -> send(client, client.trusted().offer(1, hash, data.length), data.length),
            client -> {
              send(client, client.trusted().offer(1, hash, data.length), data.length);
              client.message("stored", m -> true);
            },
            client -> {
              send(client, client.trusted().offer(1, hash, data.length), data.length);
              client.message("stored", m -> true);
              client.submit(2, "none", "data", hash);
            },
            client -> {
              client.trusted().request(1, "watch", p -> watch(p, ""));
              client.reply(1);
            },
            client -> client.trusted().request(1, "followLog", p -> watch(p, "none")));
    for (Consumer<HostileClient> step : steps) {
      Identity identity = Identity.create();
      try (HostileClient client = client(identity)) {
        step.accept(client);
      }
      finish(identity);
    }
  }

  private static ObjectNode whole(ObjectNode params) {
    return params.put("sha256", hash).put("size", data.length);
  }

  private static ObjectNode watch(ObjectNode params, String job) {
    return params.put("jobId", job).put("after", 0).put("offset", 0).put("credit", 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 5000})
  void aFrameThatIsNoneEndsTheConnection(int size) throws Exception {
    try (HostileClient client = client().trusted()) {
      client.binary(new byte[size]);
      assertThat(client.bye()).contains("A binary message");
    }
  }

  @Test
  void framesOfTheLargestSizeAreTakenAndNoneBeyondTheFile() throws Exception {
    try (HostileClient client = client().trusted()) {
      int largest = client.maxMessageSize() - 16;
      long size = 2L * largest + 1000;
      JsonNode offer = client.offer(1, "a".repeat(64), size);
      int transfer = offer.get("transfer").intValue();
      client.frame(transfer, 0, new byte[largest]);
      client.frame(transfer, largest, new byte[largest]);
      client.frame(transfer, 2L * largest, new byte[largest]);
      assertThat(failure(client, transfer)).contains("to at most " + size + " were expected");
      client.request(2, "types", params -> params);
      assertThat(client.reply(2).has("result")).isTrue();
    }
  }

  @Test
  void aTextAboveTheLimitEndsTheConnection() throws Exception {
    try (HostileClient client = client().trusted()) {
      String part = "+" + "x".repeat(60_000);
      for (int i = 0; i < 80; i++) {
        client.text(part);
      }
      assertThat(client.bye()).contains("longer than 4194304 bytes");
    }
    try (HostileClient stranger = client()) {
      stranger.text("{\"type\":\"hello\",\"name\":\"" + "x".repeat(9000) + "\"}");
      assertThat(stranger.bye()).contains("longer than 8192 bytes");
    }
  }

  @Test
  void aClientThatNeverReadsHoldsUpNobody() throws Exception {
    try (HostileClient mute = client().trusted()) {
      mute.request(1, "watch", p -> watch(p, ""));
      mute.reply(1);
      mute.stopReading();
      for (int i = 0; i < 4000; i++) {
        mute.request(10 + i, "types", params -> params);
      }
      nothingIsLeftAndOthersAreServed();
    }
  }
}
