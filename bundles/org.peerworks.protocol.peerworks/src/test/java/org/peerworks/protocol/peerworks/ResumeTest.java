package org.peerworks.protocol.peerworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobEvent;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.LogListener;
import org.peerworks.job.api.Subscription;
import org.peerworks.job.api.TransferListener;
import org.peerworks.protocol.api.LinkState.Phase;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.protocol.peerworks.internal.ClientLimits;
import org.peerworks.protocol.peerworks.internal.wire.Frame;
import org.peerworks.transport.api.TransportException;

class ResumeTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int WINDOW = 1 << 20;

  @TempDir Path directory;
  private Rig rig;
  private Road road;

  @BeforeEach
  void start() {
    rig = new Rig(directory);
    road = new Road(rig);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static CompletionStage<Job> submit(RemoteWorker worker, Path file) {
    return worker.jobs().submit(Rig.copy(Map.of("a", file)), TransferListener.NONE);
  }

  private static byte[] read(RemoteWorker worker, Job job) throws IOException {
    try (ReadableByteChannel output = Rig.get(worker.jobs().openOutput(job.id(), "a", 0))) {
      return Channels.newInputStream(output).readAllBytes();
    }
  }

  @Test
  void aConnectionThatIsCutAtAnyMessageOfEitherSideGoesOnWithTheNext() throws IOException {
    Path file = rig.file("input", 300_000);
    byte[] content = Files.readAllBytes(file);
    int cuts = 0;
    for (int end = 0; end < 2; end++) {
      boolean reached = true;
      for (int number = 3; reached; number++) {
        int side = end;
        int at = number;
        Road rough = new Road(rig);
        rough.prepare(
            ends -> {
              if (rough.channels.size() == 1) {
                ends[side].cutAt(at);
              }
            });
        try (RemoteWorker worker = rough.connect()) {
          Job job = Rig.get(submit(worker, file));
          assertThat(read(worker, job)).as("side %d, message %d", side, at).isEqualTo(content);
        }
        reached = rough.channels.size() > 1;
        cuts++;
      }
    }
    assertThat(cuts).isGreaterThan(20);
    assertThat(rig.jobs.count()).as("each was handed in once").isEqualTo(cuts);
  }

  @Test
  void anUploadGoesOnWhereItWas() throws IOException {
    int size = 12 << 20;
    Path file = rig.file("input", size);
    int cuts = 2;
    AtomicLong arrived = new AtomicLong();
    road.prepare(
        ends -> {
          ends[0].rewriteFrames(frame -> counted(frame, arrived));
          if (road.channels.size() <= cuts) {
            ends[0].cutAt(3 + 60);
          }
        });
    try (RemoteWorker worker = road.connect()) {
      Job job = Rig.get(submit(worker, file));
      assertThat(road.channels).hasSize(cuts + 1);
      assertThat(road.sentByClient() - size).isLessThan((long) cuts * WINDOW);
      assertThat(arrived).as("nothing arrived twice").hasValue(size);
      assertThat(read(worker, job)).isEqualTo(Files.readAllBytes(file));
    }
  }

  private static ByteBuffer counted(ByteBuffer frame, AtomicLong bytes) {
    bytes.addAndGet(frame.remaining() - Frame.HEADER);
    return frame;
  }

  @Test
  void whatIsHandedInTwiceIsNotSentTwice() throws IOException {
    int size = 3 << 20;
    Path file = rig.file("input", size);
    road.prepare(ends -> ends[1].rewrite(this::loseTheJob));
    try (RemoteWorker worker = road.connect()) {
      Job job = Rig.get(submit(worker, file));
      assertThat(job.id()).isEqualTo("job-1");
      assertThat(road.channels).hasSize(2);
      assertThat(road.sentByClient()).isLessThan(size + 100_000L);
    }
  }

  /** Cuts the first connection where the worker says that it has taken the job. */
  private String loseTheJob(String text) {
    if (road.channels.size() == 1 && text.contains("\"job-1\"")) {
      road.cut();
    }
    return text;
  }

  @Test
  void aDownloadGoesOnWhereItWas() throws IOException {
    int size = 12 << 20;
    Path file = rig.file("input", size);
    try (RemoteWorker worker = road.connect()) {
      Job job = Rig.get(submit(worker, file));
      long before = road.sentByWorker();
      try (ReadableByteChannel output = Rig.get(worker.jobs().openOutput(job.id(), "a", 0))) {
        byte[] found = new byte[size];
        ByteBuffer target = ByteBuffer.wrap(found);
        for (int cut = 1; cut <= 2; cut++) {
          target.limit(cut * (size / 3));
          while (target.hasRemaining()) {
            assertThat(output.read(target)).isPositive();
          }
          road.cut();
        }
        target.limit(size);
        while (target.hasRemaining()) {
          assertThat(output.read(target)).isPositive();
        }
        assertThat(output.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThat(found).isEqualTo(Files.readAllBytes(file));
      }
      assertThat(road.sentByWorker() - before - size).isLessThan(2L * WINDOW);
    }
  }

  @Test
  void anOutputThatIsDamagedOnTheSecondConnectionIsFoundOut() throws IOException {
    Path file = rig.file("input", 4 << 20);
    try (RemoteWorker worker = road.connect()) {
      Job job = Rig.get(submit(worker, file));
      road.prepare(
          ends -> ends[1].rewriteFrames(frame -> frame.put(40, (byte) (frame.get(40) + 1))));
      try (ReadableByteChannel output = Rig.get(worker.jobs().openOutput(job.id(), "a", 0))) {
        assertThat(output.read(ByteBuffer.allocate(1000))).isPositive();
        road.cut();
        assertThatThrownBy(() -> Channels.newInputStream(output).readAllBytes())
            .isInstanceOf(IOException.class)
            .hasMessageContaining("must have the SHA-256");
      }
    }
  }

  @Test
  void eventsGoOnAtTheirNumber() {
    List<Long> numbers = new CopyOnWriteArrayList<>();
    try (RemoteWorker worker = road.connect()) {
      Subscription watching = worker.jobs().watch("", 0, collecting(numbers));
      for (int round = 1; round <= 2; round++) {
        int total = round * 200;
        rig.jobs.moves("job-1", 100);
        int cutAt = total - 150;
        await().atMost(LONG).until(() -> numbers.size() >= cutAt);
        road.cut();
        rig.jobs.moves("job-1", 100);
        await().atMost(LONG).until(() -> numbers.size() >= total);
      }
      assertThat(numbers).isEqualTo(LongStream.rangeClosed(1, 400).boxed().toList());
      watching.close();
    }
  }

  private static JobEventListener collecting(List<Long> numbers) {
    return new JobEventListener() {
      @Override
      public CompletionStage<Void> onEvent(JobEvent event) {
        numbers.add(event.number());
        return CompletableFuture.completedFuture(null);
      }
    };
  }

  @Test
  void aLogGoesOnAtItsByte() throws IOException {
    byte[] text = Files.readAllBytes(rig.file("log", 5 << 20));
    rig.jobs.log("job-1", text);
    ByteBuffer found = ByteBuffer.allocate(text.length);
    CompletableFuture<Void> end = new CompletableFuture<>();
    List<Long> gaps = new ArrayList<>();
    road.prepare(
        ends -> {
          if (road.channels.size() <= 2) {
            ends[1].cutAt(20 + 2 * road.channels.size());
          }
        });
    try (RemoteWorker worker = road.connect()) {
      worker
          .jobs()
          .followLog(
              "job-1",
              0,
              new LogListener() {
                @Override
                public CompletionStage<Void> onChunk(long offset, ByteBuffer chunk) {
                  if (offset != found.position()) {
                    gaps.add(offset);
                  }
                  found.put(chunk);
                  return CompletableFuture.completedFuture(null);
                }

                @Override
                public void onEnd() {
                  end.complete(null);
                }
              });
      Rig.get(end);
      assertThat(gaps).isEmpty();
      assertThat(found.array()).isEqualTo(text);
      assertThat(road.channels).hasSize(3);
    }
  }

  @Test
  void itIsToldThatAWorkerIsLostAndThatItIsBack() {
    RemoteWorker worker = road.connect();
    road.block(new TransportException("No way."));
    road.cut();
    await().atMost(LONG).until(() -> road.told.contains(Phase.LOST));
    CompletionStage<?> types = worker.jobs().types();
    assertThat(types.toCompletableFuture()).isNotDone();
    assertThat(worker.closed().toCompletableFuture()).isNotDone();
    road.unblock();
    Rig.get(types);
    worker.close();
    await().atMost(LONG).until(() -> road.told.contains(Phase.CLOSED));
    assertThat(road.told)
        .containsExactly(Phase.CONNECTED, Phase.LOST, Phase.CONNECTED, Phase.CLOSED);
    assertThat(Rig.refusal(worker.jobs().types()).code()).isEqualTo(JobException.Code.UNAVAILABLE);
  }

  @Test
  void aWorkerThatIsNotFoundInTimeIsLostForGood() {
    rig.close();
    rig = new Rig(directory, new Tuned().reconnect(Duration.ofMillis(700)).get());
    road = new Road(rig);
    RemoteWorker worker = road.connect();
    road.block(new TransportException("No way."));
    road.cut();
    JobException refusal = Rig.refusal(worker.jobs().types());
    assertThat(refusal.code()).isEqualTo(JobException.Code.UNAVAILABLE);
    assertThat(refusal).hasMessageContaining("No way.");
    assertThat(Rig.get(worker.closed())).contains("No way.");
    await().atMost(LONG).until(() -> road.told.contains(Phase.CLOSED));
    assertThat(road.told).containsExactly(Phase.CONNECTED, Phase.LOST, Phase.CLOSED);
  }

  @Test
  void whereNoWayCanLeadBackNobodyGoesOnLooking() {
    RemoteWorker worker = road.connect();
    road.block(new IllegalStateException("The room is gone."));
    road.cut();
    assertThat(Rig.get(worker.closed())).contains("The room is gone.");
  }

  @Test
  void anotherWorkerInItsPlaceIsRefused() throws IOException {
    RemoteWorker worker = road.connect();
    try (Rig other = new Rig(Files.createDirectories(directory.resolve("other")))) {
      road.lead(new Road(other));
      road.cut();
      assertThat(Rig.get(worker.closed())).contains("pretend");
    }
  }

  @Test
  void whatAJobIsToldIsToldAtMostOnce() {
    try (RemoteWorker worker = road.connect()) {
      Job job =
          Rig.get(
              worker.jobs().submit(Rig.request("wait", Map.of(), "key-1"), TransferListener.NONE));
      road.channels.get(0)[1].stopReading();
      CompletionStage<Void> told = worker.jobs().tell(job.id(), "{\"a\":1}");
      road.cut();
      assertThat(Rig.refusal(told)).hasMessageContaining("not known whether");
      Rig.get(worker.jobs().get(job.id()));
      assertThat(rig.jobs.told).isEmpty();
    }
  }

  @Test
  void aConnectionThatTheWorkerStillHoldsGivesWayToTheNextOne() throws IOException {
    rig.close();
    rig = new Rig(directory, new Tuned().clients(new ClientLimits(1, 64, 1, LONG)).get());
    road = new Road(rig);
    Path file = rig.file("input", 6 << 20);
    road.prepare(
        ends -> {
          if (road.channels.size() <= 2) {
            ends[0].rewriteFrames(
                frame -> {
                  ends[0].vanish();
                  return frame;
                });
          }
        });
    try (RemoteWorker worker = road.connect()) {
      Job job = Rig.get(submit(worker, file));
      assertThat(road.channels).hasSize(3);
      assertThat(read(worker, job)).isEqualTo(Files.readAllBytes(file));
      assertThat(road.channels.get(0)[1].closed().toCompletableFuture()).isDone();
    }
  }

  @Test
  void aConnectionThatIsWornOnEitherSideIsReplacedWithoutAWord() throws IOException {
    Path file = rig.file("input", 3 << 20);
    try (RemoteWorker worker = road.connect()) {
      for (int side = 0; side < 2; side++) {
        int before = road.channels.size();
        road.channels.get(before - 1)[side].wear();
        await().atMost(LONG).until(() -> road.channels.size() > before);
        Job job = Rig.get(submit(worker, file));
        assertThat(read(worker, job)).isEqualTo(Files.readAllBytes(file));
      }
      assertThat(road.channels).hasSize(3);
      assertThat(road.told).containsExactly(Phase.CONNECTED);
    }
  }

  @Test
  void aWornConnectionThatCannotBeReplacedAtOnceIsLost() {
    try (RemoteWorker worker = road.connect()) {
      road.block(new TransportException("No way."));
      road.channels.get(0)[0].wear();
      await().atMost(LONG).until(() -> road.told.contains(Phase.LOST));
      road.unblock();
      Rig.get(worker.jobs().types());
    }
  }
}
