package org.peerworks.protocol.peerworks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobQuery;
import org.peerworks.job.api.Jobs;
import org.peerworks.job.api.LogListener;
import org.peerworks.job.api.TransferListener;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.protocol.peerworks.internal.identity.Identity;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.transport.api.TransportException;

/**
 * Generated messages of a worker to a client that has much open. Set {@code -Dpeerworks.seed} to a
 * seed that was printed to see the same again.
 */
class GeneratedWorkerInputTest {

  private static final long SEED = Long.getLong("peerworks.seed", System.nanoTime());
  private static final int PER_SESSION = 60;

  /** How many calls a session has open; their requests have the numbers from 1 on. */
  private static final int CALLS = 10;

  @TempDir Path directory;
  private final Garbage garbage = new Garbage(SEED);
  private final Identity identity = Identity.create();
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private Rig rig;
  private Path small;

  @Test
  void hostileMessagesHurtNoClient() throws Exception {
    hurtNoClient(400);
  }

  @Test
  @Tag("long")
  void tenThousandHostileMessagesHurtNoClient() throws Exception {
    hurtNoClient(10_000);
  }

  private void hurtNoClient(int inputs) throws Exception {
    System.out.println("Generated messages of workers: seed " + SEED + ", " + inputs + " inputs");
    rig = new Rig(directory, new Tuned().hashFirst(10_000).get());
    small = rig.file("small", 5000);
    rig.file("large", 20_000);
    try (Watchful watchful = new Watchful()) {
      long before = Watchful.heap();
      for (int sent = 0; sent < inputs; ) {
        sent += session(Math.min(PER_SESSION, inputs - sent));
      }
      long grown = Watchful.heap() - before;
      System.out.println(outcomes + "; the heap grew by " + grown + " bytes");
      assertThat(grown).as("bytes that the heap has grown by").isLessThan(48 << 20);
      assertGoodWorkerIsUnderstood();
      watchful.assertNoDefect();
    } finally {
      rig.close();
    }
    Watchful.assertNothingHeld(directory);
  }

  private void assertGoodWorkerIsUnderstood() {
    MemoryChannel[] ends = rig.channel();
    MemoryPeer good = MemoryPeer.worker(ends[0]).in("another");
    RemoteWorker worker = Rig.get(rig.client.connect(good, ends[0]));
    Rig.get(worker.jobs().submit(Rig.copy(Map.of("a", small)), TransferListener.NONE));
    worker.close();
  }

  /** Sends inputs until the client ends the session; returns how many. */
  private int session(int most) throws Exception {
    CountDownLatch asked = new CountDownLatch(CALLS);
    RawWorker worker = new RawWorker(identity, Map.of(), id -> asked.countDown());
    RemoteWorker remote;
    try {
      remote = rig.connect(new MemoryChannel[] {worker.channel});
    } catch (TransportException e) {
      outcomes.merge("not connected", 1, Integer::sum);
      return 1;
    }
    List<CompletableFuture<?>> calls = calls(remote.jobs());
    assertThat(asked.await(30, TimeUnit.SECONDS)).as("all calls have come").isTrue();
    CompletableFuture<String> over = remote.closed().toCompletableFuture();
    List<Integer> open = new ArrayList<>(IntStream.rangeClosed(1, CALLS).boxed().toList());
    Collections.shuffle(open, garbage.random());
    int sent = 0;
    while (sent < most && !over.isDone()) {
      sent++;
      if (garbage.random().nextInt(6) == 0) {
        taken(worker.sendRaw(garbage.frame(4, 0)), over);
      } else {
        int id = open.isEmpty() ? 1 + garbage.random().nextInt(CALLS) : open.get(0);
        ObjectNode message = garbage.one(messages(id));
        if (message.get("type").textValue().equals("reply") && !open.isEmpty()) {
          // Mostly to what is not answered yet; a second answer ends the session.
          open.remove(0);
        }
        taken(worker.sendRaw(garbage.text(message)), over);
      }
    }
    worker.sendRaw("{\"type\":\"bye\",\"reason\":\"That was all.\"}");
    String reason = over.get(30, TimeUnit.SECONDS);
    assertThat(reason).doesNotContain("defect");
    outcomes.merge(reason.contains("That was all") ? "went through" : "ended", 1, Integer::sum);
    for (CompletableFuture<?> call : calls) {
      outcomes.merge(end(call), 1, Integer::sum);
    }
    return sent;
  }

  /** Waits until the client has dealt with a message. */
  private static void taken(CompletionStage<Void> message, CompletableFuture<String> over)
      throws Exception {
    CompletableFuture.anyOf(message.toCompletableFuture(), over).get(30, TimeUnit.SECONDS);
  }

  /** Every call ends, and none with an exception that callers need not expect. */
  private static String end(CompletableFuture<?> call) throws Exception {
    Throwable failure = call.handle((done, why) -> why).get(30, TimeUnit.SECONDS);
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause == null) {
      return "answered";
    }
    assertThat(cause).isInstanceOfAny(JobException.class, IOException.class);
    if (cause instanceof JobException refusal) {
      assertThat(refusal.getMessage()).doesNotContain("defect");
    }
    return cause.getClass().getSimpleName();
  }

  private List<CompletableFuture<?>> calls(Jobs jobs) {
    List<CompletionStage<?>> stages = new ArrayList<>();
    CompletableFuture<Void> events = new CompletableFuture<>();
    jobs.watch("", 0, new Ending(events));
    CompletableFuture<Void> log = new CompletableFuture<>();
    jobs.followLog("job", 0, new Ending(log));
    stages.add(events);
    stages.add(log);
    stages.add(jobs.get("job"));
    stages.add(jobs.list(JobQuery.newest(10)));
    stages.add(jobs.cancel("job"));
    stages.add(jobs.types());
    stages.add(jobs.openOutput("job", "out", 0).thenApplyAsync(this::read));
    stages.add(jobs.openOutput("job", "out", 5).thenApplyAsync(this::read));
    for (String input : List.of("small", "large")) {
      stages.add(
          jobs.submit(Rig.copy(Map.of("a", directory.resolve(input))), TransferListener.NONE));
    }
    return stages.stream().<CompletableFuture<?>>map(CompletionStage::toCompletableFuture).toList();
  }

  private Object read(ReadableByteChannel output) {
    try (output) {
      ByteBuffer buffer = ByteBuffer.allocate(1000);
      while (output.read(buffer.clear()) >= 0) {
        Thread.onSpinWait();
      }
      return output;
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  /**
   * @param id of the request that replies are to
   */
  private List<ObjectNode> messages(int id) {
    ObjectNode error = Json.object().put("code", "LIMIT").put("message", "No.");
    ObjectNode event = event();
    return List.of(
        reply(id, job()),
        reply(id, page()),
        reply(id, types()),
        reply(id, Json.object()),
        reply(
            id,
            Json.object()
                .put("transfer", 4)
                .put("size", 5000)
                .put("sha256", "a".repeat(64))
                .put("complete", false)
                .put("offset", 0)
                .put("grant", 5000)),
        reply(
            id, Json.object().put("complete", true).put("offset", 5).put("sha256", "a".repeat(64))),
        Json.message("reply").put("id", id).set("error", error),
        Json.message("event").put("id", 1).set("event", event),
        Json.message("log").put("id", 2).put("offset", 0).put("data", "RXBvY2ggMS81MAo="),
        Json.message("end").put("id", 1 + garbage.random().nextInt(2)),
        Json.message("end").put("id", 1).set("error", error),
        Json.message("ack").put("transfer", 4).put("offset", 1000).put("grant", 5000),
        Json.message("stored").put("transfer", 4),
        Json.message("finished").put("transfer", 4),
        Json.message("failed").put("transfer", 4).set("error", error),
        Json.message("ping"),
        Json.message("pong"));
  }

  private ObjectNode event() {
    ObjectNode event =
        Json.object().put("number", 7).put("jobId", "job").put("time", "2026-11-21T10:15:01Z");
    return switch (garbage.random().nextInt(3)) {
      case 0 -> event.put("kind", "state").put("state", "RUNNING").put("reason", "");
      case 1 -> event.put("kind", "queue").put("position", 2);
      default -> event.put("kind", "progress").set("progress", progress());
    };
  }

  private static ObjectNode progress() {
    return Json.object().put("done", 1).put("total", 5).put("unit", "epoch").put("message", "");
  }

  private static ObjectNode reply(long id, ObjectNode result) {
    return Json.message("reply").put("id", id).set("result", result);
  }

  private static ObjectNode page() {
    ObjectNode page = Json.object().put("next", "");
    page.putArray("jobs").add(job()).add(job());
    return page;
  }

  private static ObjectNode types() {
    ObjectNode types = Json.object();
    ArrayNode array = types.putArray("types");
    array
        .addObject()
        .put("name", "train")
        .put("version", "1.0")
        .put("slots", "gpu")
        .put("schema", "{}");
    return types;
  }

  private static ObjectNode job() {
    ObjectNode job =
        Json.object()
            .put("id", "job")
            .put("type", "train")
            .put("typeVersion", "1.0")
            .put("state", "SUCCEEDED")
            .put("reason", "")
            .put("ownerId", "ed25519:a")
            .put("ownerName", "anna")
            .put("priority", 5)
            .put("queuePosition", 0)
            .put("parameters", "{}")
            .put("submitted", "2026-11-21T10:15:00Z")
            .put("started", "2026-11-21T10:15:01Z")
            .put("ended", "2026-11-21T10:15:02Z")
            .put("document", "{}");
    job.set("progress", progress());
    job.putArray("outputs")
        .addObject()
        .put("name", "out")
        .put("size", 5000)
        .put("sha256", "a".repeat(64));
    return job;
  }

  /** Takes what comes, and tells when nothing more does. */
  private record Ending(CompletableFuture<Void> end) implements JobEventListener, LogListener {

    @Override
    public CompletionStage<Void> onEvent(org.peerworks.job.api.JobEvent event) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> onChunk(long offset, ByteBuffer chunk) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onEnd() {
      end.complete(null);
    }

    @Override
    public void onFailed(JobException why) {
      end.completeExceptionally(why);
    }
  }
}
