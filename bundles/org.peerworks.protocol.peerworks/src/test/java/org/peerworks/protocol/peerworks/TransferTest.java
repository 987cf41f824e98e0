package org.peerworks.protocol.peerworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.TransferListener;
import org.peerworks.lib.files.Hashes;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.protocol.peerworks.internal.Engine;
import org.peerworks.protocol.peerworks.internal.identity.Identity;
import org.peerworks.protocol.peerworks.internal.identity.IdentityFile;
import org.peerworks.protocol.peerworks.internal.transfer.UploadLimits;
import org.peerworks.protocol.peerworks.internal.wire.LinkLimits;

class TransferTest {

  @TempDir Path directory;
  private Rig rig;

  @BeforeEach
  void start() {
    rig = new Rig(directory);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private CompletionStage<Job> submit(RemoteWorker worker, Path file) {
    return worker.jobs().submit(Rig.copy(Map.of("a", file)), TransferListener.NONE);
  }

  @Test
  void aConnectionCutAtAnyMessageLeavesAHealthyWorkerAndResumes() throws IOException {
    for (int end = 0; end < 2; end++) {
      MemoryChannel[] whole = rig.channel();
      RemoteWorker probe = rig.connect(whole);
      Rig.get(submit(probe, rig.file("probe", 1_500_000)));
      int inAll = whole[end].sent();
      assertThat(inAll).as("messages to cut at").isGreaterThan(7);
      probe.close();
      for (int cut = 1; cut <= inAll; cut++) {
        Path file = rig.file("file", 1_500_000 + end * 1000 + cut);
        MemoryChannel[] ends = rig.channel();
        ends[end].cutAt(cut);
        CompletionStage<RemoteWorker> connecting =
            rig.client.connect(MemoryPeer.worker(ends[0]), ends[0]);
        try {
          Rig.get(submit(Rig.get(connecting), file));
        } catch (JobException e) {
          assertThat(e.code()).isEqualTo(JobException.Code.UNAVAILABLE);
        } catch (org.peerworks.transport.api.TransportException e) {
          assertThat(e).hasMessageContaining("worker-1");
        }
        ends[0].cut();
        RemoteWorker again = rig.connect();
        Job job = Rig.get(submit(again, file));
        assertThat(job.outputs().get(0).sha256()).isEqualTo(Hashes.sha256(file));
        again.close();
      }
    }
    await().untilAsserted(() -> assertThat(rig.uploads()).isZero());
  }

  @Test
  void anUploadGoesOnWhereItStopped() throws IOException {
    Path file = rig.file("file", 3_000_000);
    MemoryChannel[] ends = rig.channel();
    RemoteWorker first = rig.connect(ends);
    ends[0].cutAt(ends[0].sent() + 30);
    assertThat(Rig.refusal(submit(first, file)).code()).isEqualTo(JobException.Code.UNAVAILABLE);
    assertThat(rig.uploads()).isEqualTo(1);
    List<Long> progress = new CopyOnWriteArrayList<>();
    Rig.get(
        rig.connect()
            .jobs()
            .submit(Rig.copy(Map.of("a", file)), (n, done, total) -> progress.add(done)));
    assertThat(progress.get(0)).isGreaterThan(500_000).isLessThan(3_000_000);
    assertThat(rig.uploads()).isZero();
  }

  @Test
  void aDamagedPartialUploadIsSentAnewOnce() throws IOException {
    Path file = rig.file("file", 3_000_000);
    MemoryChannel[] ends = rig.channel();
    RemoteWorker first = rig.connect(ends);
    ends[0].cutAt(ends[0].sent() + 30);
    assertThat(Rig.refusal(submit(first, file)))
        .hasMessageContaining("The connection to the worker ended");
    Path partial;
    try (var files = Files.walk(directory.resolve("worker/uploads"))) {
      partial = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    await().until(() -> Files.size(partial) > 500_000);
    byte[] bytes = Files.readAllBytes(partial);
    bytes[7] ^= 1;
    Files.write(partial, bytes);
    Job job = Rig.get(submit(rig.connect(), file));
    assertThat(job.outputs().get(0).sha256()).isEqualTo(Hashes.sha256(file));
  }

  @Test
  void aPartialUploadOfFullSizeWithOtherContentIsSentAnew() throws IOException {
    Path file = rig.file("file", 300_000);
    rig.connect().close();
    String caller = new IdentityFile(directory.resolve("client/keys")).open().id().substring(8);
    Path partial =
        directory.resolve("worker/uploads").resolve(caller).resolve(Hashes.sha256(file) + ".part");
    Files.createDirectories(partial.getParent());
    Files.write(partial, new byte[300_000]);
    Job job = Rig.get(submit(rig.connect(), file));
    assertThat(job.outputs().get(0).sha256()).isEqualTo(Hashes.sha256(file));
    assertThat(rig.uploads()).isZero();
  }

  @Test
  void aFileThatWasUploadedButNotSubmittedIsNotSentAgain() throws IOException {
    Path file = rig.file("file", 500_000);
    rig.access.set(null);
    MemoryChannel[] ends = rig.channel();
    RemoteWorker worker = rig.connect(ends);
    assertThat(Rig.refusal(submit(worker, file)).code()).isEqualTo(JobException.Code.UNAVAILABLE);
    worker.close();
    rig.access.set(rig.jobs);
    MemoryChannel[] again = rig.channel();
    Rig.get(submit(rig.connect(again), file));
    assertThat(again[0].bytesSent()).isLessThan(10_000);
    assertThat(rig.uploads()).isZero();
  }

  @Test
  void oldPartialUploadsGoAtTheStart() throws IOException {
    Path caller = Files.createDirectories(directory.resolve("worker/uploads").resolve("ab12"));
    Path old = Files.write(caller.resolve("a".repeat(64) + ".part"), new byte[10]);
    Path fresh = Files.write(caller.resolve("b".repeat(64) + ".part"), new byte[10]);
    Path foreign = Files.write(caller.resolve("notes.txt"), new byte[10]);
    for (Path path : List.of(old, foreign)) {
      Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(7200)));
    }
    try (Engine engine = new Engine(directory.resolve("worker"), Rig.SETTINGS, rig.access::get)) {
      await().untilAsserted(() -> assertThat(old).doesNotExist());
      assertThat(fresh).exists();
      assertThat(foreign).exists();
      assertThat(engine).isNotNull();
    }
  }

  @Test
  void twoUploadsOfTheSameFileAtOnceBothEndWell() throws IOException {
    Path file = rig.file("file", 3_000_000);
    RemoteWorker one = rig.connect();
    RemoteWorker two = rig.connect();
    List<CompletionStage<Job>> submits = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      submits.add(submit(i % 2 == 0 ? one : two, file));
    }
    for (CompletionStage<Job> submit : submits) {
      assertThat(Rig.get(submit).outputs().get(0).sha256()).isEqualTo(Hashes.sha256(file));
    }
    await().untilAsserted(() -> assertThat(rig.uploads()).isZero());
  }

  @Test
  void anUploadThatStandsStillIsTakenOver() throws IOException {
    Path file = rig.file("file", 200_000);
    byte[] data = Files.readAllBytes(file);
    String hash = Hashes.sha256(file);
    Identity same = Identity.create();
    RawClient first = new RawClient(rig.channel()[0], same).trusted();
    int transfer = first.offer(1, hash, data.length).get("transfer").intValue();
    first.frame(transfer, 0, java.util.Arrays.copyOf(data, 50_000));
    RawClient second = new RawClient(rig.channel()[0], same).trusted();
    JsonNode offer = second.offer(1, hash, data.length);
    assertThat(offer.get("offset").longValue()).isEqualTo(50_000);
    assertThat(first.message("failed").get("error").get("message").textValue())
        .contains("taken it over");
    first.frame(transfer, 50_000, new byte[2000]);
    first.request(2, "types", p -> p);
    assertThat(first.reply(2).has("result")).isTrue();
    for (int at = 50_000; at < data.length; at += 50_000) {
      second.frame(
          offer.get("transfer").intValue(),
          at,
          java.util.Arrays.copyOfRange(data, at, at + 50_000));
    }
    second.message("stored");
  }

  @Test
  void quotasAreKept() throws IOException {
    UploadLimits limits =
        new UploadLimits(100_000, 150_000, 3, 1 << 20, Duration.ofHours(1), Duration.ofSeconds(60));
    Engine engine = engine("w2", limits, LinkLimits.DEFAULT);
    RawClient raw = serve(engine);
    assertThat(refused(raw, 1, 'a', 100_001)).isEqualTo("LIMIT");
    raw.offer(2, "b".repeat(64), 90_000);
    assertThat(refused(raw, 3, 'c', 90_000)).isEqualTo("LIMIT");
    raw.offer(4, "d".repeat(64), 10_000);
    engine.close();

    UploadLimits full =
        new UploadLimits(
            1L << 50, 1L << 51, 3, 1L << 49, Duration.ofHours(1), Duration.ofSeconds(60));
    Engine second = engine("w3", full, LinkLimits.DEFAULT);
    assertThat(refused(serve(second), 1, 'a', 1000)).isEqualTo("NO_SPACE");
    second.close();
  }

  @Test
  void anOldPartialUploadMakesRoomForANewOne() throws IOException {
    UploadLimits limits =
        new UploadLimits(100_000, 150_000, 3, 1 << 20, Duration.ofHours(1), Duration.ofSeconds(60));
    Engine engine = engine("w2", limits, LinkLimits.DEFAULT);
    RawClient raw = serve(engine);
    int transfer = raw.offer(1, "b".repeat(64), 90_000).get("transfer").intValue();
    raw.frame(transfer, 0, new byte[60_000]);
    Path uploads = directory.resolve("w2/uploads").resolve(raw.identity.id().substring(8));
    await().until(() -> Files.size(uploads.resolve("b".repeat(64) + ".part")) == 60_000);
    raw.send(
        org.peerworks.protocol.peerworks.internal.wire.Json.message("abort")
            .put("transfer", transfer));
    AtomicInteger id = new AtomicInteger(1);
    await().until(() -> raw.offer(id.incrementAndGet(), "c".repeat(64), 95_000), Objects::nonNull);
    assertThat(uploads.resolve("b".repeat(64) + ".part")).doesNotExist();
    engine.close();
  }

  private String refused(RawClient raw, long id, char digit, long size) {
    raw.request(
        id, "offer", p -> p.put("sha256", String.valueOf(digit).repeat(64)).put("size", size));
    return raw.reply(id).get("error").get("code").textValue();
  }

  private Engine engine(String name, UploadLimits uploads, LinkLimits link) {
    return new Engine(
        directory.resolve(name), new Tuned().uploads(uploads).link(link).get(), rig.access::get);
  }

  private RawClient serve(Engine engine) {
    MemoryChannel[] ends = MemoryChannel.pair(64 << 10);
    engine.serve(MemoryPeer.client(ends[1]), ends[1]);
    return new RawClient(ends[0]).trusted();
  }

  @Test
  void aLogPassesByAFileThatIsOnItsWay() throws IOException {
    Path large = rig.file("large", 60_000_000);
    MemoryChannel[] ends = rig.channel();
    RemoteWorker worker = rig.connect(ends);
    CompletionStage<Job> submit = submit(worker, large);
    AtomicInteger answers = new AtomicInteger();
    while (!submit.toCompletableFuture().isDone()) {
      Rig.get(worker.jobs().types());
      answers.incrementAndGet();
    }
    assertThat(answers.get()).as("calls answered during the upload").isGreaterThan(10);
    assertThat(ends[0].mostWaiting()).as("bytes that waited").isLessThan(2 << 20);
  }

  @Test
  void severalFilesTravelInTurn() throws IOException {
    RemoteWorker worker = rig.connect();
    Path small = rig.file("small", 200_000);
    Path large = rig.file("large", 80_000_000);
    CompletionStage<Job> slow = submit(worker, large);
    CompletableFuture<Job> quick = submit(worker, small).toCompletableFuture();
    Rig.get(quick);
    assertThat(slow.toCompletableFuture()).as("the large file").isNotDone();
    Rig.get(slow);
  }

  @Test
  void anOutputThatNobodyReadsStops() throws IOException {
    MemoryChannel[] ends = rig.channel();
    RemoteWorker worker = rig.connect(ends);
    Path large = rig.file("large", 20_000_000);
    Job job = Rig.get(submit(worker, large));
    long before = ends[1].bytesSent();
    ReadableByteChannel output = Rig.get(worker.jobs().openOutput(job.id(), "a", 0));
    await().until(() -> ends[1].bytesSent() - before > 900_000);
    Rig.get(worker.jobs().types());
    assertThat(ends[1].bytesSent() - before).isLessThan(1_200_000);
    assertThat(Channels.newInputStream(output).readAllBytes()).isEqualTo(Files.readAllBytes(large));
    assertThat(output.isOpen()).isTrue();
    output.close();
    for (int i = 0; i < 10; i++) {
      Rig.get(worker.jobs().openOutput(job.id(), "a", 5)).close();
    }
    Rig.get(worker.jobs().types());
  }

  @Test
  void aDamagedOutputIsNoticed() throws IOException {
    MemoryChannel[] ends = rig.channel();
    RemoteWorker worker = rig.connect(ends);
    Job job = Rig.get(submit(worker, rig.file("file", 300_000)));
    ends[1].rewriteFrames(frame -> frame.put(20, (byte) (frame.get(20) ^ 1)));
    ReadableByteChannel output = Rig.get(worker.jobs().openOutput(job.id(), "a", 0));
    assertThatThrownBy(() -> Channels.newInputStream(output).readAllBytes())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("SHA-256");
    assertThatThrownBy(() -> output.read(ByteBuffer.allocate(10))).isInstanceOf(IOException.class);
  }

  @Test
  void aReaderOfALostOrInterruptedOutputIsWoken() throws IOException, InterruptedException {
    MemoryChannel[] ends = rig.channel();
    RemoteWorker worker = rig.connect(ends);
    Job job = Rig.get(submit(worker, rig.file("file", 3_000_000)));
    ends[1].stopReading();
    ends[0].stopReading();
    // The answer is read, what follows is not: the reader waits.
    MemoryChannel[] other = rig.channel();
    RemoteWorker second = rig.connect(other);
    ReadableByteChannel output = Rig.get(second.jobs().openOutput(job.id(), "a", 0));
    other[0].stopReading();
    CompletableFuture<Throwable> woken = reader(output);
    other[0].cut();
    assertThat(Rig.get(woken)).isInstanceOf(IOException.class);

    RemoteWorker third = rig.connect();
    ReadableByteChannel again = Rig.get(third.jobs().openOutput(job.id(), "a", 0));
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () -> {
              ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
              while (again.read(buffer.clear()) >= 0) {
                Thread.currentThread().interrupt();
              }
              again.close();
              throw new ClosedByInterruptException();
            })
        .isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static CompletableFuture<Throwable> reader(ReadableByteChannel output) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            while (output.read(ByteBuffer.allocate(100_000)) >= 0) {
              Thread.onSpinWait();
            }
            return new IllegalStateException("It ended.");
          } catch (IOException e) {
            return e;
          }
        });
  }

  @Test
  void aPeerThatNeverReadsIsClosed() throws IOException {
    LinkLimits quick =
        new LinkLimits(
            Duration.ofSeconds(10),
            Duration.ofMillis(200),
            Duration.ofSeconds(30),
            Duration.ofMillis(1500),
            1 << 20,
            1 << 20,
            1 << 20,
            5000);
    Engine engine = engine("w2", Rig.SETTINGS.uploads(), quick);
    MemoryChannel[] ends = MemoryChannel.pair(64 << 10);
    engine.serve(MemoryPeer.client(ends[1]), ends[1]);
    RawClient raw = new RawClient(ends[0]).trusted();
    ends[0].stopReading();
    raw.request(1, "types", p -> p);
    assertThat(Rig.get(ends[1].closed())).isNotBlank();
    engine.close();
  }

  @Test
  void aDeadPeerIsClosedAndALivingOneIsNot() throws IOException {
    LinkLimits quick =
        new LinkLimits(
            Duration.ofSeconds(10),
            Duration.ofMillis(300),
            Duration.ofMillis(3000),
            Duration.ofSeconds(30),
            1 << 20,
            1 << 20,
            1 << 20,
            5000);
    Engine engine = engine("w2", Rig.SETTINGS.uploads(), quick);
    RawClient dead = serve(engine);
    MemoryChannel[] ends = MemoryChannel.pair(64 << 10);
    engine.serve(MemoryPeer.client(ends[1]), ends[1]);
    RemoteWorker living =
        Rig.get(
            rig.client.connect(
                new MemoryPeer("worker-2", MemoryPeer.worker(ends[0]).binding(), ends[0]),
                ends[0]));
    assertThat(Rig.get(dead.channel.closed())).isNotBlank();
    assertThat(dead.received).anyMatch(m -> m.get("type").textValue().equals("ping"));
    assertThat(Rig.get(living.jobs().types())).hasSize(1);
    engine.close();
  }

  @Test
  void manyCallersAtOnce() throws IOException {
    List<CompletionStage<Job>> submits = new ArrayList<>();
    for (int c = 0; c < 4; c++) {
      RemoteWorker worker = rig.connect();
      for (int i = 0; i < 40; i++) {
        submits.add(submit(worker, rig.file("f" + c + "-" + i, 1000 + 3000 * i + c)));
      }
    }
    for (CompletionStage<Job> submit : submits) {
      assertThat(Rig.get(submit).outputs()).hasSize(1);
    }
    await().untilAsserted(() -> assertThat(rig.uploads()).isZero());
  }
}
