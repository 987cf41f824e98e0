package org.peerworks.protocol.peerworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.TransferListener;
import org.peerworks.lib.files.Hashes;
import org.peerworks.protocol.peerworks.internal.ClientLimits;
import org.peerworks.protocol.peerworks.internal.Engine;
import org.peerworks.protocol.peerworks.internal.identity.Identity;
import org.peerworks.protocol.peerworks.internal.transfer.UploadLimits;
import org.peerworks.protocol.peerworks.internal.wire.Json;

/**
 * Generated messages of a client to a worker. Set {@code -Dpeerworks.seed} to a seed that was
 * printed to see the same again.
 */
class GeneratedClientInputTest {

  private static final long SEED = Long.getLong("peerworks.seed", System.nanoTime());
  private static final int PER_SESSION = 40;

  @TempDir Path directory;
  private final Garbage garbage = new Garbage(SEED);
  private final Identity identity = Identity.create();
  private Rig rig;
  private String hash;
  private String job;
  private final Map<String, Integer> outcomes = new TreeMap<>();

  @Test
  void hostileMessagesHurtNoWorker() throws Exception {
    hurtNoWorker(400);
  }

  @Test
  @Tag("long")
  void tenThousandHostileMessagesHurtNoWorker() throws Exception {
    hurtNoWorker(10_000);
  }

  private void hurtNoWorker(int inputs) throws Exception {
    System.out.println("Generated messages of clients: seed " + SEED + ", " + inputs + " inputs");
    rig = new Rig(directory, new Tuned().clients(crowd()).get());
    FakeFiles files = new FakeFiles();
    rig.worker.files(() -> files);
    Path file = rig.file("data", 5000);
    hash = Hashes.sha256(file);
    try (Watchful watchful = new Watchful()) {
      job = goodClient();
      rig.jobs.log(job, new byte[300_000]);
      long before = Watchful.heap();
      for (int sent = 0; sent < inputs; ) {
        sent += session(Math.min(PER_SESSION, inputs - sent));
      }
      goodClient();
      await().until(() -> rig.jobs.openSubscriptions() == 0);
      long grown = Watchful.heap() - before;
      System.out.println(outcomes + "; the heap grew by " + grown + " bytes");
      assertThat(grown).as("bytes that the heap has grown by").isLessThan(48 << 20);
      watchful.assertNoDefect();
    } finally {
      rig.close();
    }
    Watchful.assertNothingHeld(directory);
    assertUploadsExpire();
  }

  @Test
  void eachMethodOfTheDocumentIsGenerated() throws IOException {
    hash = "a".repeat(64);
    job = "job";
    Path root = Path.of("").toAbsolutePath().getParent().getParent();
    String document = Files.readString(root.resolve("docs/protocol.md"));
    Set<String> documented =
        Pattern.compile("\"type\":\"request\",\"id\":\\d+,\"method\":\"([\\w.]+)\"")
            .matcher(document)
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toSet());
    assertThat(documented).contains("submit", "tell", "files.resolve");
    assertThat(requests(1).stream().map(request -> request.path("method").asText()))
        .containsAll(documented);
  }

  private static ClientLimits crowd() {
    return new ClientLimits(64, 64, 64, Duration.ofSeconds(60));
  }

  /** Sends inputs until the worker ends the session; returns how many. */
  private int session(int most) throws Exception {
    MemoryChannel channel = rig.channel()[0];
    Listener raw = new Listener(channel, identity);
    boolean trusted = garbage.random().nextInt(8) != 0;
    if (trusted) {
      raw.trust();
    } else if (garbage.random().nextBoolean()) {
      raw.raw.send(raw.raw.hello());
    }
    int sent = 0;
    while (sent < most && !raw.isOver()) {
      sent++;
      if (trusted && raw.transfer() > 0 && garbage.random().nextInt(3) == 0) {
        channel.send(garbage.frame(raw.transfer(), raw.offset()));
      } else {
        channel.send(garbage.text(garbage.one(trusted ? requests(sent) : hellos(raw))));
      }
      if (trusted) {
        raw.answersOrEnds(1_000_000L + sent);
      } else if (sent >= 4) {
        raw.ends();
      }
    }
    if (raw.isOver()) {
      outcomes.merge("ended", 1, Integer::sum);
    }
    raw.raw.received.forEach(message -> outcomes.merge(outcome(message), 1, Integer::sum));
    channel.cut();
    return sent;
  }

  private static String outcome(JsonNode message) {
    String type = message.get("type").textValue();
    return message.has("error") ? type + " " + message.get("error").path("code").asText() : type;
  }

  private static List<ObjectNode> hellos(Listener raw) {
    ObjectNode proof = Json.message("proof").put("proof", "AAAA".repeat(21) + "AA==");
    return List.of(raw.raw.hello(), proof, Json.message("ping"), Json.message("bye"));
  }

  private List<ObjectNode> requests(long id) {
    ObjectNode submit = Json.object().put("type", "copy").put("parameters", "{}");
    submit.put("priority", 5).put("idempotencyKey", "k" + id).put("timeoutMillis", 0);
    submit.putObject("inputs").putObject("data").put("sha256", hash);
    ObjectNode list = Json.object().put("onlyMine", false).put("before", "").put("limit", 10);
    list.putArray("states").add("RUNNING").add("QUEUED");
    List<ObjectNode> requests = new ArrayList<>(files(id));
    requests.addAll(jobs(id, submit, list));
    return requests;
  }

  private List<ObjectNode> jobs(long id, ObjectNode submit, ObjectNode list) {
    return List.of(
        request(id, "submit", submit),
        request(id, "submitted", Json.object().put("idempotencyKey", "k" + id)),
        request(id, "get", Json.object().put("jobId", job)),
        request(id, "cancel", Json.object().put("jobId", job)),
        request(id, "stop", Json.object().put("jobId", job)),
        request(id, "tell", Json.object().put("jobId", job).put("message", "{\"command\":\"x\"}")),
        request(id, "list", list),
        request(id, "types", Json.object()),
        request(id, "watch", Json.object().put("jobId", job).put("after", 0).put("credit", 2)),
        request(id, "followLog", Json.object().put("jobId", job).put("offset", 0).put("credit", 2)),
        request(id, "offer", Json.object().put("sha256", hash).put("size", 5000)),
        request(id, "offer", Json.object().put("sha256", "b".repeat(64)).put("size", 100_000)),
        request(id, "offer", Json.object().put("token", hash).put("size", 5000)),
        request(id, "openOutput", openOutput()),
        Json.message("credit").put("id", id - 1).put("count", 5),
        Json.message("close").put("id", id - 1),
        Json.message("ack").put("transfer", 1).put("offset", 100).put("grant", 5000),
        Json.message("seal").put("transfer", 1).put("sha256", hash),
        Json.message("abort").put("transfer", 1),
        Json.message("ping"),
        Json.message("pong"));
  }

  /** All requests about the worker's files. */
  private static List<ObjectNode> files(long id) {
    ObjectNode page = path().put("offset", 0).put("limit", 20);
    ObjectNode search = Json.object().put("pattern", "fly.slp").put("size", 131_072);
    search.put("maxDepth", 5).put("mount", "lab");
    ObjectNode scan = Json.object().put("directory", "/m");
    scan.putArray("names").add("a.mp4").add("b.mp4");
    ObjectNode prefix = Json.object().put("originalPath", "/home/a.mp4").put("newPath", "/m/a.mp4");
    prefix.putArray("others").add("/home/b.mp4");
    ObjectNode project = Json.object().put("slpPath", "/m/fly.slp").put("outputDirectory", "");
    project
        .put("outputName", "")
        .putArray("videos")
        .addObject()
        .put("from", "/a")
        .put("to", "/m/a");
    return List.of(
        request(id, "files.info", Json.object()),
        request(id, "files.look", path()),
        request(id, "files.list", page),
        request(id, "files.resolve", search),
        request(id, "files.checkVideos", path()),
        request(id, "files.scanDirectory", scan),
        request(id, "files.proposePrefix", prefix),
        request(id, "files.writeProject", project));
  }

  private static ObjectNode path() {
    return Json.object().put("path", FakeFiles.FLY.path());
  }

  private ObjectNode openOutput() {
    return Json.object().put("jobId", job).put("name", "data").put("offset", 0).put("grant", 99);
  }

  private static ObjectNode request(long id, String method, ObjectNode params) {
    return Json.message("request").put("id", id).put("method", method).set("params", params);
  }

  private String goodClient() {
    var worker = rig.connect();
    String id =
        Rig.get(
                worker
                    .jobs()
                    .submit(
                        Rig.copy(Map.of("data", directory.resolve("data"))), TransferListener.NONE))
            .id();
    worker.close();
    return id;
  }

  /** What is left are uploads to be continued, and these expire. */
  private void assertUploadsExpire() throws IOException {
    UploadLimits quick = new UploadLimits(1, 1, 1, 1, Duration.ofNanos(1), Duration.ofSeconds(1));
    try (Engine engine =
        new Engine(
            directory.resolve("worker"), new Tuned().uploads(quick).get(), rig.access::get)) {
      await().untilAsserted(() -> assertThat(rig.uploads()).isZero());
      assertThat(engine).isNotNull();
    }
    try (Stream<Path> left = Files.list(directory.resolve("worker"))) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("keys", "uploads");
    }
  }

  /** A client that is told of answers at once. */
  private static final class Listener {

    private final RawClient raw;
    private final Map<Long, CompletableFuture<JsonNode>> answers =
        new java.util.concurrent.ConcurrentHashMap<>();
    private final CompletableFuture<String> over = new CompletableFuture<>();

    Listener(MemoryChannel channel, Identity identity) {
      channel.closed().whenComplete((reason, failure) -> over.complete("closed"));
      this.raw = new RawClient(channel, identity, this::received);
    }

    private void received(JsonNode message) {
      String type = message.get("type").textValue();
      if (type.equals("reply")) {
        answers
            .computeIfAbsent(message.get("id").longValue(), id -> new CompletableFuture<>())
            .complete(message);
      } else if (type.equals("bye")) {
        over.complete(message.get("reason").textValue());
      }
    }

    void trust() {
      raw.trusted();
    }

    boolean isOver() {
      return over.isDone();
    }

    /** The latest transfer, or 0. */
    int transfer() {
      return raw.received.stream()
          .mapToInt(message -> message.path("result").path("transfer").asInt(0))
          .max()
          .orElse(0);
    }

    /** Where its sender goes on, as far as one can tell. */
    long offset() {
      return raw.received.stream()
          .filter(message -> message.path("result").path("transfer").asInt(0) == transfer())
          .mapToLong(message -> message.path("result").path("offset").asLong(0))
          .max()
          .orElse(0);
    }

    void answersOrEnds(long id) throws Exception {
      raw.request(id, "types", params -> params);
      CompletableFuture<JsonNode> answer =
          answers.computeIfAbsent(id, key -> new CompletableFuture<>());
      CompletableFuture.anyOf(answer, over).get(30, TimeUnit.SECONDS);
      assertNoDefect();
    }

    void ends() throws Exception {
      over.get(30, TimeUnit.SECONDS);
      assertNoDefect();
    }

    private void assertNoDefect() {
      if (over.isDone()) {
        assertThat(over.join()).doesNotContain("defect");
      }
      assertThat(raw.received)
          .noneMatch(message -> message.path("error").path("code").asText().equals("INTERNAL"));
    }
  }
}
