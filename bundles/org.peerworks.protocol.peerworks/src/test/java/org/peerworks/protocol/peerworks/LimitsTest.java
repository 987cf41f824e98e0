package org.peerworks.protocol.peerworks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobTypeInfo;
import org.peerworks.job.api.TransferListener;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.protocol.peerworks.internal.Settings;
import org.peerworks.protocol.peerworks.internal.wire.Json;

/** Each limit of a connection, set by its key in the configuration. */
class LimitsTest {

  private static final String HASH = "a".repeat(64);

  @TempDir Path directory;
  private Rig rig;

  @AfterEach
  void close() {
    rig.close();
  }

  private RawClient worker(String key, Object value) {
    serve(key, value);
    return new RawClient(rig.channel()[0]).trusted();
  }

  private void serve(String key, Object value) {
    Settings settings = Configured.settings(ConfiguredTest.config(Map.of(key, value)), "test");
    rig = new Rig(directory, settings);
  }

  private static String code(JsonNode reply) {
    return reply.path("error").path("code").asText();
  }

  private static String message(JsonNode reply) {
    return reply.path("error").path("message").asText();
  }

  /** A request that stays open: the file is on its way already. */
  private static void waits(RawClient raw, long id) {
    raw.request(id, "offer", p -> p.put("sha256", HASH).put("size", 5000));
  }

  @Test
  void openRequests() {
    RawClient raw = worker("maxOpenRequests", 2);
    raw.offer(1, HASH, 5000);
    waits(raw, 2);
    raw.request(3, "types", p -> p);
    assertThat(raw.reply(3).has("result")).isTrue();
    waits(raw, 4);
    raw.request(5, "types", p -> p);
    assertThat(code(raw.reply(5))).isEqualTo("LIMIT");
    assertThat(message(raw.reply(5))).contains("At most 2 requests");
  }

  @Test
  void ourClientKeepsToTheOpenRequestsAndTransfersOfTheWorker() throws IOException {
    serve("maxOpenRequests", 1);
    RemoteWorker remote = rig.connect();
    List<CompletionStage<List<JobTypeInfo>>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      calls.add(remote.jobs().types());
    }
    for (CompletionStage<List<JobTypeInfo>> call : calls) {
      assertThat(Rig.get(call)).isNotNull();
    }
    rig.close();
    serve("maxTransfers", 1);
    RemoteWorker second = rig.connect();
    List<CompletionStage<Job>> submits = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Path file = rig.file("f" + i, 10_000 + i);
      submits.add(second.jobs().submit(Rig.copy(Map.of("a", file)), TransferListener.NONE));
    }
    for (CompletionStage<Job> submit : submits) {
      assertThat(Rig.get(submit).outputs()).hasSize(1);
    }
  }

  @Test
  void feedsAndTheirCredit() {
    RawClient raw = worker("maxFeeds", 1);
    raw.request(1, "watch", p -> p.put("jobId", "").put("after", -1).put("credit", 1));
    assertThat(raw.reply(1).has("result")).isTrue();
    raw.request(2, "watch", p -> p.put("jobId", "").put("after", -1).put("credit", 1));
    assertThat(code(raw.reply(2))).isEqualTo("LIMIT");
    rig.close();

    RawClient other = worker("maxFeedCredit", 64);
    other.request(1, "watch", p -> p.put("jobId", "").put("after", -1).put("credit", 65));
    assertThat(message(other.reply(1))).contains("from 1 to 64");
    other.request(2, "watch", p -> p.put("jobId", "").put("after", -1).put("credit", 64));
    assertThat(other.reply(2).has("result")).isTrue();
    other.send(Json.message("credit").put("id", 2).put("count", 1));
    assertThat(other.bye()).contains("may be 64");
  }

  @Test
  void transfers() throws IOException {
    RawClient raw = worker("maxTransfers", 1);
    raw.offer(1, HASH, 5000);
    raw.request(2, "offer", p -> p.put("sha256", "b".repeat(64)).put("size", 5000));
    assertThat(message(raw.reply(2))).contains("At most 1 files");

    RemoteWorker remote = rig.connect();
    Job job =
        Rig.get(
            remote
                .jobs()
                .submit(Rig.copy(Map.of("a", rig.file("a", 10_000_000))), TransferListener.NONE));
    Rig.get(remote.jobs().openOutput(job.id(), "a", 0));
    JobException refusal = Rig.refusal(remote.jobs().openOutput(job.id(), "a", 0));
    assertThat(refusal).hasMessageContaining("At most 1 outputs");
  }

  @Test
  void inputs() {
    RawClient raw = worker("maxInputs", 1);
    ObjectNode params =
        Json.object().put("type", "copy").put("parameters", "{}").put("idempotencyKey", "k");
    ObjectNode inputs = params.putObject("inputs");
    inputs.putObject("a").put("sha256", HASH);
    inputs.putObject("b").put("sha256", HASH);
    raw.request(1, "submit", p -> params);
    assertThat(message(raw.reply(1))).contains("2 entries, but may have 1");
  }

  @Test
  void textMessages() throws IOException {
    RawClient raw = worker("maxMessageKilobytes", 64);
    assertThat(raw.message("welcome").get("limits").get("messageBytes").intValue())
        .isEqualTo(64 << 10);
    raw.channel.send("+" + "x".repeat(60_000));
    raw.channel.send("=" + "x".repeat(6_000));
    assertThat(raw.bye()).contains("longer than 65536 bytes");

    RemoteWorker remote = rig.connect();
    assertThat(Rig.refusal(remote.jobs().get("x".repeat(70_000))))
        .hasMessageContaining("but may have 65536");
  }

  @Test
  void messagesPerSecond() {
    RawClient raw = worker("messagesPerSecond", 100);
    for (int i = 0; i < 1000; i++) {
      raw.send(Json.message("close").put("id", 1));
    }
    assertThat(raw.bye()).contains("at most 100 per second");
  }

  @Test
  void textThatWaits() {
    serve("queuedTextKilobytes", 8192);
    rig.jobs.log("chatty", new byte[20 << 20]);
    MemoryChannel[] ends = rig.channel();
    RawClient raw = new RawClient(ends[0]).trusted();
    ends[0].stopReading();
    raw.request(1, "followLog", p -> p.put("jobId", "chatty").put("offset", 0).put("credit", 1000));
    assertThat(Rig.get(ends[1].closed())).isNotBlank();
    Rig.get(rig.connect().jobs().types());
  }

  @Test
  void bytesOfAFileThatAreUnderWay() {
    RawClient raw = worker("windowKilobytes", 512);
    assertThat(raw.offer(1, HASH, 1 << 30).get("grant").longValue()).isEqualTo(512 << 10);
  }

  @Test
  void sizeAndNumberOfFiles() {
    RawClient raw = worker("maxFileMegabytes", 1);
    assertThat(raw.message("welcome").get("limits").get("fileBytes").longValue())
        .isEqualTo(1 << 20);
    raw.request(1, "offer", p -> p.put("sha256", HASH).put("size", (1 << 20) + 1));
    assertThat(message(raw.reply(1))).contains("'maxFileMegabytes'");
    rig.close();

    RawClient other = worker("maxCallerFiles", 1);
    other.offer(1, HASH, 5000);
    other.request(2, "offer", p -> p.put("sha256", "b".repeat(64)).put("size", 5000));
    assertThat(message(other.reply(2))).contains("You may have 1 files");
    rig.close();

    RawClient third = worker("maxCallerMegabytes", 1);
    third.request(1, "offer", p -> p.put("sha256", HASH).put("size", 1 << 21));
    assertThat(code(third.reply(1))).isEqualTo("LIMIT");
  }
}
