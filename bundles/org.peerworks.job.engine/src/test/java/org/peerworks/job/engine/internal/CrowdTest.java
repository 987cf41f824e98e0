package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.JobEvent;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.LogListener;
import org.peerworks.job.api.Subscription;
import org.peerworks.job.api.TransferListener;

/** Callers that want more than there is for all. */
final class CrowdTest {

  private static final CompletionStage<Void> NEVER = new CompletableFuture<>();

  @TempDir Path data;

  private final CountDownLatch hold = new CountDownLatch(1);

  /** Takes its first event and never the next. */
  private static final class Feed implements JobEventListener, LogListener {
    private final CompletableFuture<JobEvent> first = new CompletableFuture<>();
    private final CompletableFuture<JobException> refusal = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    @Override
    public CompletionStage<Void> onEvent(JobEvent event) {
      first.complete(event);
      return NEVER;
    }

    @Override
    public CompletionStage<Void> onChunk(long offset, java.nio.ByteBuffer chunk) {
      return NEVER;
    }

    @Override
    public void onEnd() {
      end.complete(null);
    }

    @Override
    public void onFailed(JobException why) {
      refusal.complete(why);
    }
  }

  private static Caller stranger(int number) {
    return new Caller("ed25519:" + number, "stranger", false);
  }

  private static Subscription watch(Worker worker, Caller caller, Feed feed) {
    return worker.as(caller).watch("", 0, feed);
  }

  private static JobException refusal(Worker worker, Caller caller) {
    Feed feed = new Feed();
    watch(worker, caller, feed);
    return Worker.get(feed.refusal);
  }

  private Worker holding(Map<String, Object> limits) throws Exception {
    Worker worker = new Worker(data, limits);
    worker.with(
        "hold",
        context -> {
          hold.await();
          return JobResult.succeeded("{}", Map.of());
        });
    worker.awaitRunning(worker.submit("hold").id());
    return worker;
  }

  private static void submit(Worker worker, Caller caller) {
    Worker.get(worker.as(caller).submit(Worker.request("hold"), TransferListener.NONE));
  }

  @Test
  void strangersWhoFillTheQueueLeaveRoomForTheFirstJobsOfOthers() throws Exception {
    try (Worker worker =
        holding(Map.of("maxQueued", 20, "maxQueuedPerCaller", 8, "assuredPerCaller", 2))) {
      int taken = 0;
      for (int i = 0; taken < 15; i++) {
        for (int j = 0; j < 8 && taken < 15; j++, taken++) {
          submit(worker, stranger(i));
        }
      }
      submit(worker, Worker.BERT);
      submit(worker, Worker.BERT);
      assertThatThrownBy(() -> submit(worker, Worker.BERT))
          .hasMessageContaining("queue of this worker is full: 17 jobs wait, of at most 20")
          .extracting(e -> ((JobException) e).code())
          .isEqualTo(JobException.Code.LIMIT);
      for (int i = 100; i < 103; i++) {
        submit(worker, stranger(i));
      }
      assertThatThrownBy(() -> submit(worker, stranger(103))).hasMessageContaining("20");
      hold.countDown();
      Awaitility.await() // there is room again
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .untilAsserted(() -> submit(worker, Worker.BERT));
    }
  }

  @Test
  void theQueueIsCountedAfreshAfterARestart() throws Exception {
    Map<String, Object> limits = Map.of("maxQueued", 4, "assuredPerCaller", 1);
    try (Worker worker = holding(limits)) {
      for (int i = 0; i < 4; i++) {
        submit(worker, stranger(i));
      }
    }
    try (Worker worker =
        new Worker(data, limits).with("hold", "2", ParameterSchema.ANY, c -> null)) {
      assertThatThrownBy(() -> submit(worker, Worker.BERT)).hasMessageContaining("is full");
    }
  }

  @Test
  void aCallerWhoFollowsTooMuchIsToldSoAndOthersAreNotConcerned() throws Exception {
    try (Worker worker = holding(Map.of("maxSubscriptionsPerCaller", 3))) {
      List<Subscription> open = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Feed feed = new Feed();
        open.add(watch(worker, Worker.ANNA, feed));
        assertThat(Worker.get(feed.first).number()).isPositive();
      }
      JobException refusal = refusal(worker, Worker.ANNA);
      assertThat(refusal.code()).isEqualTo(JobException.Code.LIMIT);
      assertThat(refusal).hasMessageContaining("You follow 3 events and logs");
      Feed log = new Feed();
      worker.as(Worker.ANNA).followLog("20260101-000000-000000", 0, log);
      assertThat(Worker.get(log.refusal).code()).isEqualTo(JobException.Code.LIMIT);
      Feed other = new Feed();
      watch(worker, Worker.BERT, other);
      assertThat(Worker.get(other.first).number()).isPositive();

      open.get(0).close();
      open.get(0).close();
      Feed next = new Feed();
      watch(worker, Worker.ANNA, next);
      assertThat(Worker.get(next.first).number()).isPositive();
      assertThat(refusal(worker, Worker.ANNA).code()).isEqualTo(JobException.Code.LIMIT);
      hold.countDown();
    }
  }

  @Test
  void whoFollowsUnderManyNamesLeavesRoomForOthers() throws Exception {
    try (Worker worker =
        holding(
            Map.of(
                "maxSubscriptions", 16, "maxSubscriptionsPerCaller", 6, "assuredPerCaller", 2))) {
      for (int i = 0; i < 12; i++) {
        watch(worker, stranger(i / 6), new Feed());
      }
      assertThat(refusal(worker, stranger(1))).hasMessageContaining("You follow 6");
      Feed one = new Feed();
      Feed two = new Feed();
      watch(worker, Worker.ANNA, one);
      watch(worker, Worker.ANNA, two);
      assertThat(Worker.get(two.first)).isEqualTo(Worker.get(one.first));
      assertThat(refusal(worker, Worker.ANNA)).hasMessageContaining("no room");
      hold.countDown();
    }
  }

  @Test
  void aFeedOfAJobThatHasEndedGivesItsPlaceBack() throws Exception {
    hold.countDown();
    try (Worker worker = new Worker(data, Map.of("maxSubscriptionsPerCaller", 1))) {
      String id = worker.with("t", Worker.NOTHING).submit("t").id();
      assertThat(worker.awaitEnd(id).state()).isEqualTo(JobState.SUCCEEDED);
      for (int i = 0; i < 5; i++) {
        Feed log = new Feed();
        worker.as(Worker.ANNA).followLog(id, 0, log);
        Worker.get(log.end);
      }
    }
  }

  @Test
  void callersWhoCatchUpWithAllThatEverHappenedDoNotHoldUpAnother() throws Exception {
    Pages.fill(data, 20_000);
    try (Worker worker = new Worker(data).with("t", Worker.NOTHING)) {
      List<Counting> all = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        all.add(new Counting());
        worker.as(Worker.BERT).watch("", 0, all.get(i));
      }
      Feed mine = new Feed();
      String id = worker.submit("t").id();
      worker.as(Worker.ANNA).watch(id, 0, mine);
      assertThat(Worker.get(mine.first).jobId()).isEqualTo(id);
      assertThat(all.stream().mapToInt(Counting::behind).sum())
          .as("events that were still to be told to others then")
          .isPositive();
    }
  }

  /** Takes all that comes. */
  private static final class Counting implements JobEventListener {
    private volatile int count;

    int behind() {
      return Math.max(0, 20_000 - count);
    }

    @Override
    public CompletionStage<Void> onEvent(JobEvent event) {
      count++;
      return CompletableFuture.completedFuture(null);
    }
  }
}
