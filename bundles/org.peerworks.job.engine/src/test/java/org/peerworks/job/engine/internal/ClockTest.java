package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobQuery;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;
import org.peerworks.lib.files.ClockWatch;

/** Somebody sets the clock while the worker works. */
final class ClockTest {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir Path data;

  private static final class SetClock extends Clock {
    private volatile Instant now = START;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private final SetClock clock = new SetClock();

  @Test
  void aClockThatGoesBackGivesNoNegativeTimesAndKeepsTheOrder() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    try (Worker worker = new Worker(data, Map.of(), clock)) {
      worker.with(
          "t",
          context -> {
            hold.await();
            return JobResult.succeeded("{}", Map.of());
          });
      List<String> ids = new ArrayList<>();
      ids.add(worker.submit("t").id());
      worker.awaitRunning(ids.get(0));
      clock.now = START.minus(Duration.ofDays(400));
      ids.add(worker.submit("t").id());
      clock.now = START.minus(Duration.ofDays(800));
      hold.countDown();
      for (String id : ids) {
        Job job = worker.awaitEnd(id);
        assertThat(job.started().orElseThrow()).isAfterOrEqualTo(job.submitted());
        assertThat(job.ended().orElseThrow()).isAfterOrEqualTo(job.started().orElseThrow());
      }
      assertThat(ids).isSorted();
      assertThat(Worker.get(worker.as(Worker.ANNA).list(JobQuery.newest(10))).jobs())
          .extracting(Job::id)
          .containsExactly(ids.get(1), ids.get(0));
    }
  }

  @Test
  void timeoutsAreMeasuredWhateverTheClockSays() throws Exception {
    try (Worker worker = new Worker(data, Map.of(), clock)) {
      worker.with(
          "t",
          context -> {
            new CountDownLatch(1).await();
            return JobResult.succeeded("{}", Map.of());
          });
      String longer = worker.submit(Worker.timeout("t", Duration.ofHours(1))).id();
      worker.awaitRunning(longer);
      clock.now = START.plus(Duration.ofDays(4000));
      String shorter = worker.submit(Worker.timeout("t", Duration.ofMillis(200))).id();
      assertThat(worker.job(longer).state()).isEqualTo(JobState.RUNNING);
      Worker.get(worker.as(Worker.ANNA).cancel(longer));
      worker.awaitRunning(shorter);
      clock.now = START.minus(Duration.ofDays(4000));
      assertThat(worker.awaitEnd(shorter).state()).isEqualTo(JobState.TIMED_OUT);
    }
  }

  @Test
  void noJobIsDeletedForItsAgeOnTheDayThatTheClockJumps() throws Exception {
    long[] nanos = {0};
    try (Worker worker = new Worker(data, Map.of(), clock)) {
      String id = worker.with("t", Worker.NOTHING).submit("t").id();
      worker.awaitEnd(id);
      Config config = TestConfig.with(Map.of("keepDays", 30));
      JobFiles files = new JobFiles(data);
      Retention retention =
          new Retention(
              config, worker.engine.store(), files, clock, new ClockWatch(clock, () -> nanos[0]));
      clock.now = START.plus(Duration.ofDays(40));
      for (int hour = 0; hour < 24; hour++) {
        retention.run();
        assertThat(worker.job(id).state()).as("hour " + hour).isEqualTo(JobState.SUCCEEDED);
        clock.now = clock.now.plus(Duration.ofHours(1));
        nanos[0] += TimeUnit.HOURS.toNanos(1);
      }
      retention.run();
      assertThat(Worker.get(worker.as(Worker.ANNA).list(JobQuery.newest(10))).jobs()).isEmpty();
    }
  }

  @Test
  void aJobIsDeletedWhenTheTimeHasReallyPassed() throws Exception {
    long[] nanos = {0};
    ClockWatch watch = new ClockWatch(clock, () -> nanos[0]);
    for (int hour = 0; hour < 100; hour++) {
      clock.now = clock.now.plus(Duration.ofHours(1)).plusSeconds(hour % 2 == 0 ? 60 : -60);
      nanos[0] += TimeUnit.HOURS.toNanos(1);
      assertThat(watch.steady()).isTrue();
    }
    clock.now = clock.now.minus(Duration.ofHours(1));
    assertThat(watch.steady()).isFalse();
  }
}
