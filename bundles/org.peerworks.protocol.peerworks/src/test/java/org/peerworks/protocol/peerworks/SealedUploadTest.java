package org.peerworks.protocol.peerworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.TransferListener;
import org.peerworks.lib.files.Hashes;
import org.peerworks.protocol.api.RemoteWorker;

/** Files that are hashed while they are sent. */
class SealedUploadTest {

  private static final String TOKEN = "7".repeat(64);

  @TempDir Path directory;
  private Rig rig;

  @BeforeEach
  void start() {
    rig = new Rig(directory, new Tuned().hashFirst(0).get());
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private CompletionStage<Job> submit(RemoteWorker worker, Path file) {
    return worker.jobs().submit(Rig.copy(Map.of("a", file)), TransferListener.NONE);
  }

  private static void assertArrived(Path file, Job job) throws IOException {
    assertThat(job.outputs().get(0).sha256()).isEqualTo(Hashes.sha256(file));
  }

  /** Sends half of a file, then loses the connection. */
  private Path half(Path file) throws IOException {
    MemoryChannel[] ends = rig.channel();
    RemoteWorker first = rig.connect(ends);
    ends[0].cutAt(ends[0].sent() + 30);
    assertThat(Rig.refusal(submit(first, file)).code()).isEqualTo(JobException.Code.UNAVAILABLE);
    Path partial;
    try (Stream<Path> files = Files.walk(directory.resolve("worker/uploads"))) {
      partial = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    await().until(() -> Files.size(partial) > 500_000);
    return partial;
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
        assertArrived(file, Rig.get(submit(again, file)));
        again.close();
      }
    }
    await().untilAsserted(() -> assertThat(rig.uploads()).isZero());
  }

  @Test
  void anUploadGoesOnWhereItStoppedFromACopyOfTheFile() throws IOException {
    Path file = rig.file("file", 3_000_000);
    half(file);
    Path copy = Files.copy(file, directory.resolve("copy"));
    List<Long> progress = new CopyOnWriteArrayList<>();
    Job job =
        Rig.get(
            rig.connect()
                .jobs()
                .submit(Rig.copy(Map.of("a", copy)), (n, done, total) -> progress.add(done)));
    assertArrived(file, job);
    assertThat(progress.get(0)).isGreaterThan(500_000).isLessThan(3_000_000);
    assertThat(rig.uploads()).isZero();
  }

  @Test
  void aDamagedPartialUploadIsSentAnewOnce() throws IOException {
    Path file = rig.file("file", 3_000_000);
    Path partial = half(file);
    byte[] bytes = Files.readAllBytes(partial);
    bytes[7] ^= 1;
    Files.write(partial, bytes);
    assertArrived(file, Rig.get(submit(rig.connect(), file)));
    await().untilAsserted(() -> assertThat(rig.uploads()).isZero());
  }

  @Test
  void anotherFileOfTheSameTokenIsSentWhole() throws IOException {
    Path file = rig.file("file", 3_000_000);
    half(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[100_000] ^= 1; // Between the pieces that make the token.
    Path other = Files.write(directory.resolve("other"), bytes);
    assertArrived(other, Rig.get(submit(rig.connect(), other)));
  }

  @Test
  void twoInputsOfTheSameTokenAreTwoFiles() throws IOException {
    Path one = rig.file("one", 3_000_000);
    byte[] bytes = Files.readAllBytes(one);
    bytes[100_000] ^= 1;
    Path two = Files.write(directory.resolve("two"), bytes);
    Path same = Files.copy(one, directory.resolve("same"));
    Job job =
        Rig.get(
            rig.connect()
                .jobs()
                .submit(Rig.copy(Map.of("a", one, "b", two, "c", same)), TransferListener.NONE));
    assertThat(job.outputs())
        .extracting(output -> output.sha256())
        .containsExactly(Hashes.sha256(one), Hashes.sha256(two), Hashes.sha256(one));
    await().untilAsserted(() -> assertThat(rig.uploads()).isZero());
  }

  @Test
  void aFileThatWasUploadedButNotSubmittedIsNotSentAgain() throws IOException {
    Path file = rig.file("file", 500_000);
    rig.access.set(null);
    RemoteWorker worker = rig.connect();
    assertThat(Rig.refusal(submit(worker, file)).code()).isEqualTo(JobException.Code.UNAVAILABLE);
    worker.close();
    rig.access.set(rig.jobs);
    MemoryChannel[] again = rig.channel();
    assertArrived(file, Rig.get(submit(rig.connect(again), file)));
    assertThat(again[0].bytesSent()).isLessThan(10_000);
    assertThat(rig.uploads()).isZero();
  }

  @Test
  void aWorkerThatTakesNoSealsIsOfferedTheHash() throws IOException {
    Path file = rig.file("file", 500_000);
    MemoryChannel[] ends = rig.channel();
    ends[1].rewrite(text -> text.replace("\"seal\"", "\"other\""));
    ends[0].rewrite(text -> text.replace("\"token\"", "\"nonsense\""));
    assertArrived(file, Rig.get(submit(rig.connect(ends), file)));
  }

  @Test
  void theWorkerRefusesAWrongSealAndKeepsNothing() throws IOException {
    byte[] data = Files.readAllBytes(rig.file("data", 100_000));
    RawClient raw = new RawClient(rig.channel()[0]).trusted();
    int transfer = send(raw, 1, data);
    raw.seal(transfer, "0".repeat(64));
    assertThat(raw.message("failed").get("error").get("message").textValue())
        .contains("announced with the SHA-256 " + "0".repeat(64));
    assertThat(rig.uploads()).isZero();
  }

  @Test
  void theWorkerRefusesASealThatComesTooEarly() throws IOException {
    RawClient raw = new RawClient(rig.channel()[0]).trusted();
    int transfer = raw.offerUnsealed(1, TOKEN, 5000).get("transfer").intValue();
    raw.frame(transfer, 0, new byte[2000]);
    raw.seal(transfer, "0".repeat(64));
    assertThat(raw.message("failed").get("error").get("message").textValue())
        .contains("sealed at byte 2000 of 5000");
    await().untilAsserted(() -> assertThat(rig.uploads()).isZero());
  }

  @Test
  void theWorkerRefusesASealOfAFileWhoseHashItWasTold() throws IOException {
    RawClient raw = new RawClient(rig.channel()[0]).trusted();
    int transfer = raw.offer(1, "a".repeat(64), 5000).get("transfer").intValue();
    raw.seal(transfer, "0".repeat(64));
    assertThat(raw.message("failed").get("error").get("message").textValue())
        .contains("told before");
    raw.seal(transfer, "0".repeat(64));
    raw.seal(77, "0".repeat(64));
    raw.request(2, "types", p -> p);
    assertThat(raw.reply(2).has("result")).isTrue();
  }

  @Test
  void aFileThatWaitsForItsJobIsNotReplacedUnderItsToken() throws IOException {
    byte[] data = Files.readAllBytes(rig.file("data", 100_000));
    String hash = Hashes.sha256(directory.resolve("data"));
    RawClient raw = new RawClient(rig.channel()[0]).trusted();
    raw.seal(send(raw, 1, data), hash);
    raw.message("stored");

    JsonNode again = raw.offerUnsealed(2, TOKEN, data.length);
    assertThat(again.get("complete").booleanValue()).isTrue();
    assertThat(again.get("sha256").textValue()).isEqualTo(hash);
    raw.request(3, "offer", p -> p.put("token", TOKEN).put("size", 5));
    assertThat(raw.reply(3).get("error").get("message").textValue()).contains("waits for its job");
    raw.channel.cut();
    await().untilAsserted(() -> assertThat(rig.uploads()).isEqualTo(1));
  }

  @Test
  void aFileThatIsNotSealedIsNeverWhole() throws IOException {
    byte[] data = Files.readAllBytes(rig.file("data", 100_000));
    String hash = Hashes.sha256(directory.resolve("data"));
    RawClient raw = new RawClient(rig.channel()[0]).trusted();
    send(raw, 1, data);
    Path partial =
        directory
            .resolve("worker/uploads")
            .resolve(raw.identity.id().substring(8))
            .resolve("t" + TOKEN + ".part");
    await().until(() -> Files.size(partial) == data.length);
    raw.channel.cut();
    RawClient again = new RawClient(rig.channel()[0], raw.identity).trusted();
    JsonNode offer = again.offerUnsealed(1, TOKEN, data.length);
    assertThat(offer.get("complete").booleanValue()).isFalse();
    assertThat(offer.get("offset").longValue()).isEqualTo(data.length);
    again.seal(offer.get("transfer").intValue(), hash);
    again.message("stored");
  }

  private static int send(RawClient raw, long id, byte[] data) {
    int transfer = raw.offerUnsealed(id, TOKEN, data.length).get("transfer").intValue();
    raw.frame(transfer, 0, Arrays.copyOf(data, 60_000));
    raw.frame(transfer, 60_000, Arrays.copyOfRange(data, 60_000, data.length));
    return transfer;
  }

  @Test
  void aFileThatGoesWhileItIsSentIsToldAndTheWorkerIsToldToo() throws IOException {
    Path file = rig.file("file", 3_000_000);
    MemoryChannel[] ends = rig.channel();
    RemoteWorker worker = rig.connect(ends);
    ends[1].rewrite(
        text -> {
          if (text.contains("\"grant\"")) {
            cut(file);
          }
          return text;
        });
    assertThat(Rig.refusal(submit(worker, file)).code()).isEqualTo(JobException.Code.INVALID);
    await().untilAsserted(() -> assertThat(rig.uploads()).isLessThan(2));
    assertThat(Rig.get(worker.jobs().types())).isNotNull();
  }

  private static void cut(Path file) {
    try {
      Files.write(file, new byte[1000]);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
