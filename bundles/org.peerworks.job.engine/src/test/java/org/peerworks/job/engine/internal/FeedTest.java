package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobEvent;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobPage;
import org.peerworks.job.api.JobQuery;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.LogListener;
import org.peerworks.job.api.Progress;

final class FeedTest {

  @TempDir Path data;

  private static final class Events implements JobEventListener {
    private final List<JobEvent> seen = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    @Override
    public CompletionStage<Void> onEvent(JobEvent event) {
      seen.add(event);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onEnd() {
      end.complete(null);
    }

    List<JobEvent> await() {
      Worker.get(end);
      return seen;
    }
  }

  /** Handles each chunk on another thread, some time later. */
  private static final class SlowLog implements LogListener {
    private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private long expected;

    @Override
    public CompletionStage<Void> onChunk(long offset, ByteBuffer chunk) {
      assertThat(offset).isEqualTo(expected);
      assertThat(chunk.remaining()).isBetween(1, 64 * 1024);
      expected += chunk.remaining();
      return CompletableFuture.runAsync(
          () -> {
            byte[] copy = new byte[chunk.remaining()];
            chunk.get(copy);
            bytes.writeBytes(copy);
          },
          CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
    }

    @Override
    public void onEnd() {
      end.complete(null);
    }
  }

  @Test
  void eventsAreReplayedAfterANumberAndEndWithTheJob() throws Exception {
    List<JobEvent> live;
    String id;
    try (Worker worker = new Worker(data)) {
      worker.with(
          "t",
          context -> {
            for (int i = 1; i <= 1000; i++) {
              context.progress(new Progress(i, 1000, "epoch", ""));
            }
            return JobResult.succeeded("{}", Map.of());
          });
      Events all = new Events();
      id = worker.submit("t").id();
      worker.as(Worker.ANNA).watch(id, 0, all);
      live = all.await();
    }
    assertThat(live).extracting(JobEvent::number).isSorted().doesNotHaveDuplicates();
    List<JobEvent.Progressed> progress =
        live.stream()
            .filter(JobEvent.Progressed.class::isInstance)
            .map(JobEvent.Progressed.class::cast)
            .toList();
    assertThat(progress).hasSizeLessThan(20);
    assertThat(progress.get(progress.size() - 1).progress().done()).isEqualTo(1000);
    try (Worker worker = new Worker(data)) {
      Events again = new Events();
      worker.as(Worker.ANNA).watch(id, 0, again);
      assertThat(again.await()).isEqualTo(live);
      Events rest = new Events();
      worker.as(Worker.ANNA).watch(id, live.get(0).number(), rest);
      assertThat(rest.await()).isEqualTo(live.subList(1, live.size()));
      Events stranger = new Events();
      worker.as(Worker.BERT).watch(id, 0, stranger);
      assertThat(stranger.await()).noneMatch(JobEvent.Progressed.class::isInstance).isNotEmpty();
    }
  }

  @Test
  void theFeedOfAllJobsGoesOnUntilItIsClosed() throws Exception {
    try (Worker worker = new Worker(data).with("t", Worker.NOTHING)) {
      worker.awaitEnd(worker.submit("t").id());
      Events events = new Events();
      var subscription = worker.as(Caller.console()).watch("", Long.MAX_VALUE, events);
      String id = worker.submit("t").id();
      org.awaitility.Awaitility.await()
          .until(
              () ->
                  events.seen.stream()
                      .anyMatch(
                          e ->
                              e instanceof JobEvent.StateChanged change
                                  && change.state() == JobState.SUCCEEDED));
      assertThat(events.seen).allMatch(e -> e.jobId().equals(id));
      subscription.close();
      events.await();
    }
  }

  @Test
  void onlySoManyOfTheFirstWhoWaitAreToldTheirPlace() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    try (Worker worker = new Worker(data, Map.of("announcedPlaces", 1))) {
      worker.with(
          "t",
          context -> {
            hold.await();
            return JobResult.succeeded("{}", Map.of());
          });
      worker.awaitRunning(worker.submit("t").id());
      String first = worker.submit("t").id();
      Events second = new Events();
      worker.as(Worker.ANNA).watch(worker.submit("t").id(), 0, second);
      Events third = new Events();
      worker.as(Worker.ANNA).watch(worker.submit("t").id(), 0, third);
      Worker.get(worker.as(Worker.ANNA).cancel(first));
      org.awaitility.Awaitility.await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> !places(second).isEmpty());
      assertThat(places(second)).containsOnly(1);
      assertThat(places(third)).isEmpty();
      hold.countDown();
    }
  }

  @Test
  void aWaitingJobIsToldWhenItMoves() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    try (Worker worker = new Worker(data)) {
      worker.with(
          "t",
          context -> {
            hold.await();
            return JobResult.succeeded("{}", Map.of());
          });
      worker.awaitRunning(worker.submit("t").id());
      String first = worker.submit("t").id();
      String second = worker.submit("t").id();
      Events events = new Events();
      worker.as(Worker.ANNA).watch(second, 0, events);
      org.awaitility.Awaitility.await().until(() -> places(events).contains(2));
      Worker.get(worker.as(Worker.ANNA).cancel(first));
      org.awaitility.Awaitility.await().until(() -> places(events).contains(1));
      hold.countDown();
      events.await();
    }
  }

  @Test
  void aLogIsFollowedToItsEndByASlowListener() throws Exception {
    String line = "Überraschung – 日本語 🐭 ".repeat(40);
    try (Worker worker = new Worker(data)) {
      worker.with(
          "t",
          context -> {
            for (int i = 0; i < 500; i++) {
              context.log(line);
            }
            return JobResult.succeeded("{}", Map.of());
          });
      String id = worker.submit("t").id();
      SlowLog log = new SlowLog();
      worker.as(Worker.ANNA).followLog(id, 0, log);
      Worker.get(log.end);
      assertThat(log.bytes.toString(java.nio.charset.StandardCharsets.UTF_8))
          .isEqualTo((line + "\n").repeat(500));
      SlowLog stranger = new SlowLog();
      worker.as(Worker.BERT).followLog(id, 0, stranger);
      Worker.get(stranger.end);
      assertThat(stranger.bytes.size()).isZero();
    }
  }

  @Test
  void aHundredThousandJobsAreListedPageByPage() throws Exception {
    Pages.fill(data, 100_000);
    try (Worker worker = new Worker(data)) {
      assertThat(pages(worker, new JobQuery(Set.of(), false, "", 1000))).hasSize(100_000);
      assertThat(pages(worker, new JobQuery(Set.of(), true, "", 1000))).hasSize(50_000);
      assertThat(
              pages(
                  worker, new JobQuery(Set.of(JobState.FAILED, JobState.SUCCEEDED), true, "", 999)))
          .hasSize(50_000);
      assertThat(pages(worker, new JobQuery(Set.of(JobState.LOST), false, "", 1000))).isEmpty();
    }
  }

  private static Set<String> pages(Worker worker, JobQuery query) {
    Set<String> ids = new HashSet<>();
    List<String> order = new ArrayList<>();
    String before = "";
    do {
      JobPage page =
          Worker.get(
              worker
                  .as(Worker.ANNA)
                  .list(new JobQuery(query.states(), query.onlyMine(), before, query.limit())));
      page.jobs().stream().map(Job::id).forEach(order::add);
      before = page.next();
    } while (!before.isEmpty());
    assertThat(order).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    ids.addAll(order);
    assertThat(ids).hasSameSizeAs(order);
    return ids;
  }

  private static List<Integer> places(Events events) {
    return events.seen.stream()
        .filter(JobEvent.QueueMoved.class::isInstance)
        .map(e -> ((JobEvent.QueueMoved) e).position())
        .toList();
  }
}
