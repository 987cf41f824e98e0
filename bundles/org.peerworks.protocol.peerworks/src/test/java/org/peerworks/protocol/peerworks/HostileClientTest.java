package org.peerworks.protocol.peerworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.TransferListener;
import org.peerworks.lib.files.Hashes;
import org.peerworks.protocol.peerworks.internal.wire.Json;

class HostileClientTest {

  @TempDir Path directory;
  private Rig rig;
  private String hash;
  private byte[] data;

  @BeforeEach
  void start() throws IOException {
    rig = new Rig(directory);
    Path file = rig.file("data", 100_000);
    data = Files.readAllBytes(file);
    hash = Hashes.sha256(file);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private RawClient raw() {
    return new RawClient(rig.channel()[0]).trusted();
  }

  private void assertHealthy() throws IOException {
    Path file = rig.file("healthy", 5000);
    var worker = rig.connect();
    Rig.get(worker.jobs().submit(Rig.copy(Map.of("a", file)), TransferListener.NONE));
    worker.close();
  }

  @Test
  void brokenMessagesEndTheConnectionWithAReason() throws IOException {
    List<Consumer<RawClient>> attacks =
        List.of(
            raw -> raw.channel.send("garbage"),
            raw -> raw.channel.send("{\"type\":\"request\",\"id\":1,\"id\":2}"),
            raw -> raw.channel.send("{\"type\":\"request\"} {}"),
            raw -> raw.channel.send("{\"a\":".repeat(100) + "1" + "}".repeat(100)),
            raw -> raw.channel.send("{\"type\":\"request\",\"id\":" + "9".repeat(100) + "}"),
            raw -> raw.send(Json.message("unknown")),
            raw -> raw.send(Json.message("hello")),
            raw -> raw.send(Json.message("request")),
            raw -> raw.send(Json.message("request").put("id", 0)),
            raw -> raw.send(Json.message("request").put("id", -1).put("method", "types")),
            raw -> raw.send(Json.message("request").put("id", "1").put("method", "types")),
            raw -> raw.send(Json.message("credit").put("id", 1).put("count", 1_000_000)),
            raw -> raw.send(Json.message("credit").put("id", 1).put("count", -1)),
            raw -> raw.send(Json.message("ack").put("transfer", 0)),
            raw -> raw.send(Json.message("abort").put("transfer", "x")),
            raw -> raw.channel.send("="),
            raw -> raw.channel.send("+short"),
            raw -> {
              raw.channel.send("+" + "x".repeat(1000));
              raw.channel.send("{}");
            },
            raw -> {
              for (int i = 0; i < 70; i++) {
                raw.channel.send("+" + "x".repeat(65_000));
              }
            },
            raw -> raw.channel.send(ByteBuffer.allocate(0)),
            raw -> raw.channel.send(ByteBuffer.allocate(1)),
            raw -> raw.channel.send(ByteBuffer.allocate(16)),
            raw -> raw.channel.send(ByteBuffer.allocate(64 << 10)),
            raw -> raw.frame(1, 0, new byte[2000]),
            raw -> raw.frame(0, 0, new byte[2000]),
            raw -> raw.frame(-1, 0, new byte[2000]),
            raw -> raw.frame(1, -5, new byte[2000]));
    for (Consumer<RawClient> attack : attacks) {
      RawClient raw = raw();
      attack.accept(raw);
      assertThat(raw.bye()).isNotBlank();
      Rig.get(raw.channel.closed());
    }
    assertHealthy();
    assertThat(rig.uploads()).isZero();
  }

  @Test
  void wrongParametersAreNamedAndTheConnectionStays() {
    RawClient raw = raw();
    String[][] calls = {
      {"get", "{}", "jobId"},
      {"get", "{\"jobId\":7}", "jobId"},
      {"get", "{\"jobId\":\"" + "x".repeat(101) + "\"}", "jobId"},
      {"list", "{\"limit\":0}", "limit"},
      {"list", "{\"limit\":1001}", "limit"},
      {"list", "{\"limit\":1.5}", "limit"},
      {"list", "{\"states\":[\"DANCING\"]}", "DANCING"},
      {"list", "{\"states\":\"RUNNING\"}", "states"},
      {"list", "{\"onlyMine\":\"yes\"}", "onlyMine"},
      {"watch", "{\"jobId\":\"\",\"after\":0}", "credit"},
      {"watch", "{\"jobId\":\"\",\"after\":-2,\"credit\":1}", "after"},
      {"watch", "{\"jobId\":\"\",\"after\":0,\"credit\":100000}", "credit"},
      {"followLog", "{\"jobId\":\"a\",\"offset\":-1,\"credit\":1}", "offset"},
      {"openOutput", "{\"jobId\":\"a\",\"name\":\"b\"}", "offset"},
      {"offer", "{\"sha256\":\"../../etc/passwd\",\"size\":1}", "SHA-256"},
      {"offer", "{\"sha256\":\"" + hash.toUpperCase() + "\",\"size\":1}", "SHA-256"},
      {"offer", "{\"sha256\":\"" + hash + "\"}", "size"},
      {"offer", "{\"sha256\":\"" + hash + "\",\"size\":-1}", "size"},
      {"offer", "{\"sha256\":\"" + hash + "\",\"size\":9000000000000000000}", "bytes"},
      {"submit", "{}", "inputs"},
      {"submit", "{\"inputs\":{\"../x\":{\"sha256\":\"" + hash + "\"}}}", "../x"},
      {"submit", "{\"inputs\":{\"x\":{\"sha256\":\"zz\"}}}", "SHA-256"},
      {"submit", "{\"inputs\":{\"x\":7}}", "x"},
      {"submit", submit("\"priority\":11"), "priority"},
      {"submit", submit("\"idempotencyKey\":\"\""), "idempotencyKey"},
      {"submit", submit("\"timeoutMillis\":-1"), "timeoutMillis"},
      {"submit", submit("\"timeoutMillis\":1"), "not uploaded"},
      {"dance", "{}", "dance"},
    };
    long id = 1;
    for (String[] call : calls) {
      ObjectNode request = Json.message("request").put("id", id).put("method", call[0]);
      request.set("params", Json.read(call[1]));
      raw.send(request);
      JsonNode error = raw.reply(id).get("error");
      assertThat(error).as(call[0] + " " + call[1]).isNotNull();
      assertThat(error.get("message").textValue()).contains(call[2]);
      assertThat(error.get("code").textValue()).isIn("INVALID", "LIMIT");
      id++;
    }
    assertThat(raw.channel.closed().toCompletableFuture()).isNotDone();
  }

  private String submit(String field) {
    ObjectNode params =
        Json.object().put("type", "copy").put("parameters", "{}").put("idempotencyKey", "k");
    params.putObject("inputs").putObject("x").put("sha256", hash);
    params.setAll(Json.read("{" + field + "}"));
    return Json.write(params);
  }

  @Test
  void generatedGarbageNeverHurtsTheWorker() throws IOException {
    Random random = new Random(7);
    List<String> valid =
        List.of(
            "{\"type\":\"request\",\"id\":1,\"method\":\"submit\",\"params\":"
                + submit("\"a\":1")
                + "}",
            "{\"type\":\"request\",\"id\":1,\"method\":\"watch\",\"params\":{\"jobId\":\"\",\"after\":0,\"credit\":5}}",
            "{\"type\":\"request\",\"id\":1,\"method\":\"list\",\"params\":{\"states\":[\"RUNNING\"],\"limit\":5}}",
            "{\"type\":\"request\",\"id\":1,\"method\":\"offer\",\"params\":{\"sha256\":\""
                + hash
                + "\",\"size\":5000}}",
            "{\"type\":\"request\",\"id\":1,\"method\":\"openOutput\",\"params\":{\"jobId\":\"a\",\"name\":\"b\",\"offset\":0,\"grant\":1}}",
            "{\"type\":\"ack\",\"transfer\":1,\"offset\":5,\"grant\":7}",
            "{\"type\":\"credit\",\"id\":1,\"count\":5}",
            "{\"type\":\"abort\",\"transfer\":1}",
            "{\"type\":\"close\",\"id\":1}");
    String[] values = {
      "null", "-1", "\"\"", "[]", "{}", "true", "1e99", "99999999999999999999", "\"\\u0000\""
    };
    for (int round = 0; round < 300; round++) {
      RawClient raw = raw();
      String message = valid.get(round % valid.size());
      if (random.nextBoolean()) {
        raw.send(mutate(Json.read(message), random, values));
      } else {
        byte[] bytes = message.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 1 + random.nextInt(5); i++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
        }
        raw.channel.send(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1));
      }
      byte[] frame = new byte[1 + random.nextInt(3000)];
      random.nextBytes(frame);
      raw.channel.send(ByteBuffer.wrap(frame));
      assertThat(raw.bye()).isNotBlank();
    }
    assertHealthy();
    await().untilAsserted(() -> assertThat(rig.uploads()).isZero());
  }

  /** Replaces one value somewhere in a message. */
  private static ObjectNode mutate(ObjectNode message, Random random, String[] values) {
    List<ObjectNode> objects = new ArrayList<>(List.of(message));
    for (int i = 0; i < objects.size(); i++) {
      for (JsonNode child : objects.get(i)) {
        if (child instanceof ObjectNode object) {
          objects.add(object);
        }
      }
    }
    ObjectNode target = objects.get(random.nextInt(objects.size()));
    List<String> names = new ArrayList<>();
    Iterator<String> all = target.fieldNames();
    all.forEachRemaining(names::add);
    if (!names.isEmpty()) {
      String value = values[random.nextInt(values.length)];
      target.set(
          names.get(random.nextInt(names.size())), Json.read("{\"v\":" + value + "}").get("v"));
    }
    return message;
  }

  @Test
  void aWrongHashKeepsNothing() throws IOException {
    RawClient raw = raw();
    int transfer = raw.offer(1, hash, data.length).get("transfer").intValue();
    byte[] wrong = data.clone();
    wrong[99_999] ^= 1;
    raw.frame(transfer, 0, java.util.Arrays.copyOf(wrong, 60_000));
    raw.frame(transfer, 60_000, java.util.Arrays.copyOfRange(wrong, 60_000, 100_000));
    JsonNode failed = raw.message("failed");
    assertThat(failed.get("error").get("message").textValue()).contains("SHA-256 " + hash);
    assertThat(rig.uploads()).isZero();
    assertThat(raw.offer(2, hash, data.length).get("offset").longValue()).isZero();
  }

  @Test
  void anUploadThatCannotBeFinishedIsDiscardedAndTheNextOneBegins() throws IOException {
    RawClient raw = raw();
    int transfer = raw.offer(1, hash, data.length).get("transfer").intValue();
    Path inTheWay =
        directory.resolve("worker/uploads").resolve(raw.identity.id().substring(8)).resolve(hash);
    Files.createDirectories(inTheWay.resolve("in-the-way"));
    raw.frame(transfer, 0, java.util.Arrays.copyOf(data, 60_000));
    raw.frame(transfer, 60_000, java.util.Arrays.copyOfRange(data, 60_000, 100_000));
    assertThat(raw.message("failed").get("error").get("code").textValue()).isEqualTo("INTERNAL");
    await().untilAsserted(() -> assertThat(rig.uploads()).isZero());

    Files.delete(inTheWay.resolve("in-the-way"));
    Files.delete(inTheWay);
    int next = raw.offer(2, hash, data.length).get("transfer").intValue();
    raw.frame(next, 0, java.util.Arrays.copyOf(data, 60_000));
    raw.frame(next, 60_000, java.util.Arrays.copyOfRange(data, 60_000, 100_000));
    raw.message("stored");
  }

  @Test
  void wrongOffsetsFailTheTransferAlone() throws IOException {
    for (long offset : new long[] {1, 1000, 99_999, 1L << 40}) {
      RawClient raw = raw();
      int transfer = raw.offer(1, hash, data.length).get("transfer").intValue();
      raw.frame(transfer, offset, new byte[2000]);
      assertThat(raw.message("failed").get("error").get("code").textValue()).isEqualTo("INVALID");
      raw.frame(transfer, 0, new byte[2000]);
      raw.request(2, "types", p -> p);
      assertThat(raw.reply(2).has("result")).isTrue();
      await().untilAsserted(() -> assertThat(rig.uploads()).isZero());
    }
  }

  @Test
  void moreThanTheSizeOrTheGrantIsRefused() throws IOException {
    RawClient raw = raw();
    int transfer = raw.offer(1, hash, 3000).get("transfer").intValue();
    raw.frame(transfer, 0, new byte[2000]);
    raw.frame(transfer, 2000, new byte[2000]);
    assertThat(raw.message("failed").get("error").get("message").textValue())
        .contains("2000 to 4000");

    RawClient tiny = raw();
    int second = tiny.offer(1, hash, 100_000).get("transfer").intValue();
    tiny.frame(second, 0, new byte[1]);
    assertThat(tiny.bye()).contains("fewer than 1000");

    RawClient flood = raw();
    JsonNode offer = flood.offer(1, hash, 1 << 30);
    assertThat(offer.get("grant").longValue()).isEqualTo(1 << 20);
    int endless = offer.get("transfer").intValue();
    byte[] piece = new byte[60_000];
    // Faster than anybody hashes and writes, and without a look at what is granted.
    for (long at = 0; at < 64 << 20 && !closed(flood); at += piece.length) {
      flood.frame(endless, at, piece);
    }
    assertThat(flood.bye()).contains("but only those before").contains("were asked for");
    Rig.get(flood.channel.closed());
    assertHealthy();
    await().untilAsserted(() -> assertThat(rig.uploads()).isLessThan(2));
  }

  private static boolean closed(RawClient client) {
    return client.channel.closed().toCompletableFuture().isDone();
  }

  @Test
  void onlyThePinnedHashOfThisCallerCanBeSubmitted() throws IOException {
    var owner = rig.connect();
    Rig.get(
        owner
            .jobs()
            .submit(Rig.copy(Map.of("a", directory.resolve("data"))), TransferListener.NONE));
    RawClient uploads = raw();
    int transfer = uploads.offer(1, hash, data.length).get("transfer").intValue();
    uploads.frame(transfer, 0, java.util.Arrays.copyOf(data, 60_000));
    uploads.frame(transfer, 60_000, java.util.Arrays.copyOfRange(data, 60_000, 100_000));
    uploads.message("stored");

    RawClient thief = raw();
    JsonNode offer = thief.offer(1, hash, data.length);
    assertThat(offer.get("complete").booleanValue()).isFalse();
    assertThat(offer.get("offset").longValue()).isZero();
    assertThat(submitted(thief).get("error").get("message").textValue())
        .contains("was not uploaded on this connection");

    RawClient again = new RawClient(rig.channel()[0], uploads.identity).trusted();
    assertThat(submitted(again).get("error").get("message").textValue())
        .contains("was not uploaded on this connection");

    assertThat(submitted(uploads).has("result")).isTrue();
  }

  /** What a worker says to a job with the file of this test. */
  private JsonNode submitted(RawClient client) {
    ObjectNode request = Json.message("request").put("id", 77).put("method", "submit");
    request.set("params", Json.read(submit("\"priority\":5")));
    client.send(request);
    return client.reply(77);
  }

  @Test
  void tooManyRequestsFeedsAndTransfersAreRefused() {
    RawClient raw = raw();
    for (int i = 1; i <= 70; i++) {
      raw.request(i, "watch", p -> p.put("jobId", "").put("after", -1).put("credit", 1));
    }
    assertThat(raw.reply(64).has("result")).isTrue();
    assertThat(raw.reply(65).get("error").get("code").textValue()).isEqualTo("LIMIT");
    for (int i = 101; i <= 105; i++) {
      String other = hash.substring(0, 61) + i;
      raw.request(i, "offer", p -> p.put("sha256", other).put("size", 5000));
    }
    assertThat(raw.reply(105).get("error").get("code").textValue()).isEqualTo("LIMIT");
    raw.channel.cut();
    await().until(() -> rig.jobs.openSubscriptions() == 0);
    await().untilAsserted(() -> assertThat(rig.uploads()).isZero());
  }

  @Test
  void aFloodOfMessagesEndsTheConnection() {
    RawClient raw = raw();
    for (int i = 0; i < 30_000; i++) {
      raw.send(Json.message("close").put("id", 1));
    }
    assertThat(raw.bye()).contains("Too many messages");
  }
}
