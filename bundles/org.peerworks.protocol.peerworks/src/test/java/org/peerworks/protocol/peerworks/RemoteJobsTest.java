package org.peerworks.protocol.peerworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.peerworks.protocol.peerworks.Rig.get;
import static org.peerworks.protocol.peerworks.Rig.refusal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobEvent;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobQuery;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.Jobs;
import org.peerworks.job.api.LogListener;
import org.peerworks.job.api.Subscription;
import org.peerworks.job.api.TransferListener;
import org.peerworks.protocol.api.RemoteWorker;

class RemoteJobsTest {

  @TempDir Path directory;
  private Rig rig;
  private RemoteWorker worker;
  private Jobs jobs;

  @BeforeEach
  void connect() {
    rig = new Rig(directory);
    worker = rig.connect();
    jobs = worker.jobs();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void inputsTravelAndOutputsComeBack() throws IOException {
    Path large = rig.file("large", 3_000_001);
    Path empty = rig.file("empty", 0);
    List<Long> progress = new CopyOnWriteArrayList<>();

    Job job =
        get(
            jobs.submit(
                Rig.copy(Map.of("a.zip", large, "b.slp", empty, "same.zip", large)),
                (name, done, total) -> {
                  if (name.equals("a.zip")) {
                    progress.add(done);
                  }
                }));

    assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(job.ownerId()).startsWith("ed25519:").hasSize(72);
    assertThat(job.ownerName()).isEqualTo("anna@laptop");
    assertThat(job.parameters()).isEqualTo("{\"a\":\"ä€😀\"}");
    assertThat(job.outputs()).hasSize(3);
    assertThat(read(job.id(), "a.zip", 0)).isEqualTo(Files.readAllBytes(large));
    assertThat(read(job.id(), "b.slp", 0)).isEmpty();
    assertThat(read(job.id(), "a.zip", 2_999_990)).hasSize(11);
    assertThat(read(job.id(), "a.zip", 3_000_001)).isEmpty();
    assertThat(progress).isSorted().contains(3_000_001L);
    assertThat(rig.uploads()).as("files left in the upload directory").isZero();
  }

  private byte[] read(String jobId, String name, long offset) throws IOException {
    try (ReadableByteChannel output = get(jobs.openOutput(jobId, name, offset))) {
      return Channels.newInputStream(output).readAllBytes();
    }
  }

  @Test
  void refusalsKeepTheirCode() throws IOException {
    assertThat(refusal(jobs.get("nothing")).code()).isEqualTo(JobException.Code.NOT_FOUND);
    JobException type =
        refusal(
            jobs.submit(
                Rig.request("dance", Map.of("a", rig.file("a", 10)), "k"), TransferListener.NONE));
    assertThat(type.code()).isEqualTo(JobException.Code.UNKNOWN_TYPE);
    assertThat(type).hasMessage("No job type 'dance'.");
    assertThat(rig.uploads()).as("files left of a refused job").isZero();
    assertThat(refusal(jobs.openOutput("nothing", "a", 0)).code())
        .isEqualTo(JobException.Code.NOT_FOUND);
    rig.access.set(null);
    assertThat(refusal(jobs.types()).code()).isEqualTo(JobException.Code.UNAVAILABLE);
    rig.access.set(rig.jobs);
    assertThat(get(jobs.types()).get(0).schema()).contains("Größe");
  }

  @Test
  void aRunningJobIsStoppedAndTold() {
    Job job = get(jobs.submit(Rig.request("wait", Map.of(), "k"), TransferListener.NONE));
    get(jobs.tell(job.id(), "{\"command\":\"stöp\"}"));
    assertThat(rig.jobs.told).containsExactly("{\"command\":\"stöp\"}");
    assertThat(get(jobs.stop(job.id())).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(refusal(jobs.stop("nothing")).code()).isEqualTo(JobException.Code.NOT_FOUND);
    String tooLong = "{\"a\":\"" + "x".repeat(16 << 10) + "\"}";
    assertThat(refusal(jobs.tell(job.id(), tooLong)).code()).isEqualTo(JobException.Code.INVALID);
  }

  @Test
  void anOlderWorkerIsAskedNothingThatItDoesNotKnow() {
    MemoryChannel[] ends = rig.channel();
    ends[1].rewrite(text -> text.replace(",\"control\"", ""));
    Jobs old = rig.connect(ends).jobs();
    Job job = get(old.submit(Rig.request("wait", Map.of(), "k"), TransferListener.NONE));
    assertThat(refusal(old.stop(job.id()))).hasMessageContaining("cancel the job instead");
    assertThat(refusal(old.tell(job.id(), "{}"))).hasMessageContaining("too old");
    assertThat(get(old.get(job.id())).state()).isEqualTo(JobState.RUNNING);
    assertThat(rig.jobs.told).isEmpty();
  }

  @Test
  void reportsOfAJobAreEventsAndSenselessOnesAreSkipped() {
    Job job = get(jobs.submit(Rig.request("wait", Map.of(), "k"), TransferListener.NONE));
    List<JobEvent> seen = new CopyOnWriteArrayList<>();
    jobs.watch(
        job.id(),
        0,
        event -> {
          seen.add(event);
          return CompletableFuture.completedFuture(null);
        });
    await().until(() -> seen.size() == 1);
    rig.jobs.reports(job.id(), "no JSON");
    rig.jobs.reports(job.id(), "{\"a\":".repeat(20) + "1" + "}".repeat(20));
    rig.jobs.reports(job.id(), "{\"event\":\"épœch\"}");
    await().until(() -> seen.size() == 2);
    assertThat(seen.get(1))
        .isInstanceOfSatisfying(
            JobEvent.Reported.class,
            reported -> {
              assertThat(reported.json()).isEqualTo("{\"event\":\"épœch\"}");
              assertThat(reported.jobId()).isEqualTo(job.id());
            });
  }

  @Test
  void namesWithSeparatorsAreRefused() throws IOException {
    Path file = rig.file("a", 10);
    for (String name : List.of("../a", "a/b", "/etc/passwd", "..", "a\\b", "", "a\nb")) {
      assertThat(refusal(jobs.submit(Rig.copy(Map.of(name, file)), TransferListener.NONE)).code())
          .isEqualTo(JobException.Code.INVALID);
    }
  }

  @Test
  void aMissingInputIsNamed() {
    assertThat(
            refusal(
                jobs.submit(
                    Rig.copy(Map.of("a", directory.resolve("gone"))), TransferListener.NONE)))
        .hasMessageContaining("'a'")
        .hasMessageContaining("gone");
  }

  @Test
  void aRepeatedSubmitReturnsTheFirstJob() throws IOException {
    Path file = rig.file("a", 100_000);
    var request = Rig.request("copy", Map.of("a", file), "once");
    Job first = get(jobs.submit(request, TransferListener.NONE));
    assertThat(get(jobs.submit(request, TransferListener.NONE)).id()).isEqualTo(first.id());
  }

  @Test
  void listsAndCancels() {
    Job job = get(jobs.submit(Rig.request("wait", Map.of(), "k"), TransferListener.NONE));
    assertThat(get(jobs.list(JobQuery.newest(10))).jobs()).extracting(Job::id).contains(job.id());
    assertThat(get(jobs.cancel(job.id())).state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void eventsComeInOrderAndStopWhenTheListenerIsSlow() {
    Job job = get(jobs.submit(Rig.request("wait", Map.of(), "k"), TransferListener.NONE));
    List<JobEvent> events = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> gate = new CompletableFuture<>();
    AtomicBoolean ended = new AtomicBoolean();
    Subscription subscription =
        jobs.watch(
            job.id(),
            0,
            new JobEventListener() {
              @Override
              public CompletionStage<Void> onEvent(JobEvent event) {
                events.add(event);
                return gate;
              }

              @Override
              public void onEnd() {
                ended.set(true);
              }
            });
    rig.jobs.moves(job.id(), 5000);
    await().until(() -> events.size() == 1);
    assertThat(events.get(0)).isInstanceOf(JobEvent.StateChanged.class);
    gate.complete(null);
    await().until(() -> events.size() == 5001);
    assertThat(events.stream().mapToLong(JobEvent::number))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 5001).boxed().toList());
    subscription.close();
    await().untilTrue(ended);
    await().until(() -> rig.jobs.openSubscriptions() == 0);
  }

  @Test
  void aLogComesWholeFromAnyOffset() {
    byte[] log = "Zeile mit Größe\n".repeat(20_000).getBytes(StandardCharsets.UTF_8);
    rig.jobs.log("job-1", log);
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    CompletableFuture<Void> end = new CompletableFuture<>();
    jobs.followLog(
        "job-1",
        7,
        new LogListener() {
          @Override
          public CompletionStage<Void> onChunk(long offset, ByteBuffer chunk) {
            assertThat(offset).isEqualTo(7 + received.size());
            byte[] bytes = new byte[chunk.remaining()];
            chunk.get(bytes);
            received.writeBytes(bytes);
            return CompletableFuture.completedFuture(null);
          }

          @Override
          public void onEnd() {
            end.complete(null);
          }
        });
    get(end);
    assertThat(received.toByteArray()).isEqualTo(java.util.Arrays.copyOfRange(log, 7, log.length));
  }

  @Test
  void aFeedThatTheWorkerRefusesFailsWithItsReason() {
    JobException refusal = get(watchFails("crowded"));
    assertThat(refusal.code()).isEqualTo(JobException.Code.LIMIT);
    assertThat(refusal).hasMessage("You follow too much.");
  }

  @Test
  void soDoesOneBeyondTheLimitOfTheConnection() {
    for (int i = 0; i < 64; i++) {
      jobs.watch("", 0, event -> new CompletableFuture<>());
    }
    assertThat(get(watchFails("")).code()).isEqualTo(JobException.Code.LIMIT);
  }

  private CompletableFuture<JobException> watchFails(String jobId) {
    CompletableFuture<JobException> failed = new CompletableFuture<>();
    jobs.watch(
        jobId,
        0,
        new JobEventListener() {
          @Override
          public CompletionStage<Void> onEvent(JobEvent event) {
            return CompletableFuture.completedFuture(null);
          }

          @Override
          public void onFailed(JobException why) {
            failed.complete(why);
          }
        });
    return failed;
  }

  @Test
  void aLostConnectionEndsEverything() throws IOException {
    MemoryChannel[] ends = rig.channel();
    RemoteWorker second = rig.connect(ends);
    AtomicBoolean ended = new AtomicBoolean();
    second
        .jobs()
        .watch(
            "",
            0,
            new JobEventListener() {
              @Override
              public CompletionStage<Void> onEvent(JobEvent event) {
                return CompletableFuture.completedFuture(null);
              }

              @Override
              public void onEnd() {
                ended.set(true);
              }
            });
    ends[0].cut();
    get(second.closed());
    await().untilTrue(ended);
    assertThat(refusal(second.jobs().types()).code()).isEqualTo(JobException.Code.UNAVAILABLE);
    assertThat(get(jobs.types())).as("the other connection").hasSize(1);
  }
}
