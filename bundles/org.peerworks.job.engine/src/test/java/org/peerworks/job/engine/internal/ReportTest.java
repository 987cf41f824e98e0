package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.JobContext;
import org.peerworks.job.api.JobEvent;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobResult;

/** What programs of jobs say to those who watch. */
final class ReportTest {

  private static final class Events implements JobEventListener {
    private final List<JobEvent> seen = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile CompletableFuture<Void> pace = CompletableFuture.completedFuture(null);

    @Override
    public CompletionStage<Void> onEvent(JobEvent event) {
      seen.add(event);
      return pace;
    }

    @Override
    public void onEnd() {
      end.complete(null);
    }

    List<String> reports() {
      return seen.stream()
          .filter(JobEvent.Reported.class::isInstance)
          .map(event -> ((JobEvent.Reported) event).json())
          .toList();
    }
  }

  @TempDir Path data;
  private Worker worker;
  private final CompletableFuture<JobContext> job = new CompletableFuture<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private String id;

  @BeforeEach
  void open() throws Exception {
    worker = new Worker(data);
    worker.with(
        "talker",
        context -> {
          job.complete(context);
          over.await();
          context.report("{\"event\":\"train_end\"}");
          return JobResult.succeeded("{}", Map.of());
        });
    id = worker.submit("talker").id();
    worker.awaitRunning(id);
  }

  @AfterEach
  void close() {
    over.countDown();
    worker.close();
  }

  private Events watching(String what) {
    Events events = new Events();
    worker.as(Worker.ANNA).watch(what, 0, events);
    Awaitility.await().until(() -> !events.seen.isEmpty());
    return events;
  }

  @Test
  void reportsReachWhoWatchesTheJobBeforeItsEndAndAreNotStored() {
    Events events = watching(id);
    Worker.get(job).report("{\"epoch\":1}");
    Awaitility.await().until(() -> events.reports().size() == 1);
    over.countDown();
    Worker.get(events.end);
    assertThat(events.reports()).containsExactly("{\"epoch\":1}", "{\"event\":\"train_end\"}");
    int size = events.seen.size();
    assertThat(events.seen.get(size - 1)).isInstanceOf(JobEvent.StateChanged.class);
    assertThat(events.seen).extracting(JobEvent::number).isSorted();
    Events again = watching(id);
    Worker.get(again.end);
    assertThat(again.reports()).isEmpty();
  }

  @Test
  void neitherWhoWatchesAllJobsNorAStrangerHearsThem() {
    Events all = watching("");
    Events stranger = new Events();
    worker.as(Worker.BERT).watch(id, 0, stranger);
    Events owner = watching(id);
    Worker.get(job).report("{}");
    Awaitility.await().until(() -> !owner.reports().isEmpty());
    over.countDown();
    Worker.get(stranger.end);
    assertThat(all.reports()).isEmpty();
    assertThat(stranger.reports()).isEmpty();
  }

  @Test
  void whoDoesNotKeepUpMissesTheOldestOnes() {
    Events events = watching(id);
    events.pace = new CompletableFuture<>();
    for (int i = 0; i < 1000; i++) {
      Worker.get(job).report("{\"n\":" + i + "}");
    }
    over.countDown();
    worker.awaitEnd(id);
    events.pace.complete(null);
    Worker.get(events.end);
    List<String> reports = events.reports();
    assertThat(reports).hasSizeLessThan(100).contains("{\"n\":999}");
    assertThat(reports).last().isEqualTo("{\"event\":\"train_end\"}");
  }

  @Test
  void onlySmallJsonObjectsAreReports() {
    JobContext context = Worker.get(job);
    for (String wrong :
        List.of("", "[]", "1", "{", "{}{}", "{\"a\":".repeat(20), "{\"a\":1,\"a\":2}")) {
      assertThatThrownBy(() -> context.report(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> context.report("{\"a\":\"" + "x".repeat(16 << 10) + "\"}"))
        .hasMessageContaining("16384 bytes");
  }
}
