package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.JobType;
import org.peerworks.job.api.JobTypeInfo;
import org.peerworks.job.api.JobTypeVersion;
import org.peerworks.job.api.JobTypeVersion.State;
import org.peerworks.job.api.JobTypes;
import org.peerworks.job.api.JobTypesListener;

/** Several versions of one job type, side by side. */
final class VersionsTest {

  private static final JobType BAD =
      context -> {
        throw new IllegalStateException("This version is broken.");
      };

  private static final JobType FINICKY =
      context -> JobResult.refused("The file 'x' is no video.", "{}");

  @TempDir Path data;

  /** A type that ends when it may. */
  private static final class Gate implements JobType {
    private final CountDownLatch open = new CountDownLatch(1);

    @Override
    public JobResult run(org.peerworks.job.api.JobContext context) throws Exception {
      open.await();
      return JobResult.succeeded("{}", Map.of());
    }
  }

  private static Worker with(Worker worker, String version, JobType code) {
    return worker.with("t", version, ParameterSchema.ANY, code);
  }

  private static JobTypeVersion version(Worker worker, String version) {
    return worker.engine.types().versions().stream()
        .filter(one -> one.type().equals("t") && one.version().equals(version))
        .findFirst()
        .orElseThrow();
  }

  private static State state(Worker worker, String version) {
    return version(worker, version).state();
  }

  private static void await(java.util.concurrent.Callable<Boolean> what) {
    Awaitility.await().atMost(60, TimeUnit.SECONDS).until(what);
  }

  @Test
  void aJobStaysWithTheVersionThatAcceptedItAndNewOnesGoToTheHighest() throws Exception {
    Gate old = new Gate();
    try (Worker worker = with(new Worker(data), "1.9.0", old)) {
      Job running = worker.submit("t");
      Job waiting = worker.submit("t");
      worker.awaitRunning(running.id());
      with(worker, "1.10.0", Worker.NOTHING);
      Job after = worker.submit("t");

      assertThat(waiting.typeVersion()).isEqualTo("1.9.0");
      assertThat(after.typeVersion()).isEqualTo("1.10.0");
      assertThat(Worker.get(worker.as(Worker.ANNA).types()))
          .extracting(JobTypeInfo::name, JobTypeInfo::version)
          .containsExactly(org.assertj.core.groups.Tuple.tuple("t", "1.10.0"));
      JobTypeVersion before = version(worker, "1.9.0");
      assertThat(before.state()).isEqualTo(State.STANDBY);
      assertThat(before.running()).isEqualTo(1);
      assertThat(before.queued()).isEqualTo(1);
      assertThat(before.isIdle()).isFalse();

      old.open.countDown();
      assertThat(worker.awaitEnd(waiting.id()).typeVersion()).isEqualTo("1.9.0");
      assertThat(worker.awaitEnd(after.id()).state()).isEqualTo(JobState.SUCCEEDED);
      await(() -> version(worker, "1.9.0").isIdle());
    }
  }

  @Test
  void aVersionWhoseFirstJobsFailIsWithdrawnAndItsQueueMoves() throws Exception {
    BlockingQueue<JobTypeVersion> withdrawn = new LinkedBlockingQueue<>();
    Gate before = new Gate();
    Gate gate = new Gate();
    String waiting;
    try (Worker worker = with(new Worker(data, Map.of("cpuSlots", 1)), "1.0.0", Worker.NOTHING)) {
      worker.with("before", before).with("gate", gate);
      with(worker, "2.0.0", BAD);
      worker.engine.types().watch(onWithdrawn(withdrawn));
      assertThat(state(worker, "2.0.0")).isEqualTo(State.ON_TRIAL);
      assertThat(state(worker, "1.0.0")).isEqualTo(State.STANDBY);
      worker.awaitRunning(worker.submit("before").id()); // so that none begins before all are in
      List<String> jobs = new ArrayList<>();
      for (String type : List.of("t", "t", "gate", "t", "t")) {
        jobs.add(worker.submit(type).id());
      }
      assertThat(worker.job(jobs.get(4)).typeVersion()).isEqualTo("2.0.0");
      before.open.countDown();
      JobTypeVersion told = withdrawn.poll(60, TimeUnit.SECONDS);
      assertThat(worker.job(jobs.get(1)).state()).isEqualTo(JobState.FAILED);
      assertThat(told.version()).isEqualTo("2.0.0");
      assertThat(told.reason()).contains("2 of its first 2 jobs failed", "This version is broken.");
      await(() -> worker.job(jobs.get(4)).typeVersion().equals("1.0.0"));
      gate.open.countDown();
      Job last = worker.awaitEnd(jobs.get(4));
      assertThat(last.state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(last.typeVersion()).isEqualTo("1.0.0");
      assertThat(worker.submit("t").typeVersion()).isEqualTo("1.0.0");
      waiting = last.id();
    }
    try (Worker worker = with(new Worker(data), "1.0.0", Worker.NOTHING)) {
      with(worker, "2.0.0", BAD);
      assertThat(worker.job(waiting).typeVersion()).isEqualTo("1.0.0");
      assertThat(version(worker, "2.0.0").reason()).contains("This version is broken.");
      assertThat(state(worker, "2.0.0")).isEqualTo(State.WITHDRAWN);
      assertThat(worker.submit("t").typeVersion()).isEqualTo("1.0.0");
    }
  }

  private static JobTypesListener onWithdrawn(BlockingQueue<JobTypeVersion> told) {
    return new JobTypesListener() {
      @Override
      public void onWithdrawn(JobTypeVersion version) {
        told.add(version);
      }
    };
  }

  @Test
  void whatOwnersGaveOrCancelledIsNoFailureOfTheVersion() throws Exception {
    try (Worker worker = with(new Worker(data), "1.0.0", Worker.NOTHING)) {
      with(worker, "2.0.0", FINICKY);
      for (int i = 0; i < 3; i++) {
        assertThat(worker.awaitEnd(worker.submit("t").id()).state()).isEqualTo(JobState.FAILED);
      }
      assertThat(state(worker, "2.0.0")).isEqualTo(State.ON_TRIAL);
      with(worker, "3.0.0", new Gate());
      for (int i = 0; i < 3; i++) {
        String id = worker.submit("t").id();
        worker.awaitRunning(id);
        Worker.get(worker.as(Worker.ANNA).cancel(id));
      }
      assertThat(version(worker, "3.0.0").failed()).isZero();
      assertThat(state(worker, "3.0.0")).isEqualTo(State.ON_TRIAL);
    }
  }

  @Test
  void aVersionThatPassesItsTrialIsProven() throws Exception {
    BlockingQueue<JobTypeVersion> proven = new LinkedBlockingQueue<>();
    try (Worker worker = with(new Worker(data), "1.0.0", Worker.NOTHING)) {
      with(worker, "2.0.0", Worker.NOTHING);
      worker
          .engine
          .types()
          .watch(
              new JobTypesListener() {
                @Override
                public void onProven(JobTypeVersion version) {
                  proven.add(version);
                }
              });
      for (int i = 0; i < 5; i++) {
        worker.awaitEnd(worker.submit("t").id());
      }
      assertThat(proven.poll(60, TimeUnit.SECONDS).version()).isEqualTo("2.0.0");
      assertThat(state(worker, "2.0.0")).isEqualTo(State.ACTIVE);
    }
  }

  @Test
  void theFirstVersionOfATypeGoesOnWhateverItsFirstJobsDo() throws Exception {
    try (Worker worker = with(new Worker(data), "1.0.0", BAD)) {
      for (int i = 0; i < 3; i++) {
        worker.awaitEnd(worker.submit("t").id());
      }
      assertThat(state(worker, "1.0.0")).isEqualTo(State.ACTIVE);
    }
  }

  @Test
  void aChoiceHoldsOverRestarts() throws Exception {
    try (Worker worker = with(new Worker(data), "1.0.0", Worker.NOTHING)) {
      with(worker, "2.0.0", Worker.NOTHING);
      worker.engine.types().use("t", "1.0.0");
      assertThat(worker.submit("t").typeVersion()).isEqualTo("1.0.0");
    }
    try (Worker worker = with(new Worker(data), "1.0.0", Worker.NOTHING)) {
      with(worker, "2.0.0", Worker.NOTHING);
      assertThat(worker.submit("t").typeVersion()).isEqualTo("1.0.0");
      worker.engine.types().useHighest("t");
      assertThat(worker.submit("t").typeVersion()).isEqualTo("2.0.0");
    }
  }

  @Test
  void aShareIsKeptToTheJob() throws Exception {
    try (Worker worker = with(new Worker(data), "1.0.0", Worker.NOTHING)) {
      with(worker, "2.0.0", Worker.NOTHING);
      worker.engine.types().share("t", "2.0.0", 10);
      assertThat(version(worker, "1.0.0").share()).isEqualTo(90);
      long newer =
          IntStream.range(0, 20)
              .filter(i -> worker.submit("t").typeVersion().equals("2.0.0"))
              .count();
      assertThat(newer).isEqualTo(2);
      assertThatThrownBy(() -> worker.engine.types().share("t", "1.0.0", 91))
          .isInstanceOf(JobException.class)
          .hasMessageContaining("at most 90");
    }
  }

  @Test
  void aRetiredVersionTakesNoMoreJobsAndSaysWhyEvenIfItIsTheOnlyOne() throws Exception {
    BlockingQueue<JobTypeVersion> idle = new LinkedBlockingQueue<>();
    Gate gate = new Gate();
    try (Worker worker = with(new Worker(data), "1.0.0", gate)) {
      JobTypes types = worker.engine.types();
      types.watch(
          new JobTypesListener() {
            @Override
            public void onIdle(JobTypeVersion version) {
              idle.add(version);
            }
          });
      String running = worker.submit("t").id();
      worker.awaitRunning(running);
      types.retire("t", "1.0.0", "It forgets the tail.");
      assertThatThrownBy(() -> worker.submit("t")).hasMessageContaining("It forgets the tail.");
      assertThat(idle).isEmpty();
      gate.open.countDown();
      assertThat(worker.awaitEnd(running).state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(idle.poll(60, TimeUnit.SECONDS).version()).isEqualTo("1.0.0");
      types.reinstate("t", "1.0.0");
      assertThat(worker.submit("t").typeVersion()).isEqualTo("1.0.0");
    }
  }

  @Test
  void whatWaitsForAVersionThatIsGoneMovesIfItsParametersSuit() throws Exception {
    Gate gate = new Gate();
    String suits;
    String suitsNot;
    Map<String, Object> soon = Map.of("executorWaitSeconds", 1);
    String strict = "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}}}";
    try (Worker worker = with(new Worker(data, soon), "1.0.0", gate)) {
      worker.awaitRunning(worker.submit("t").id());
      suits = worker.submit(Worker.request("t", "{\"n\":1}")).id();
      suitsNot = worker.submit(Worker.request("t", "{\"n\":\"one\"}")).id();
      worker.engine.removeType(gate);
      worker.with("t", "2.0.0", strict, Worker.NOTHING);
      gate.open.countDown();
      assertThat(worker.awaitEnd(suits).typeVersion()).isEqualTo("2.0.0");
      assertThat(worker.job(suitsNot).state()).isEqualTo(JobState.QUEUED);
      assertThat(worker.job(suitsNot).reason()).contains("1.0.0", "stopped");
      with(worker, "1.0.0", Worker.NOTHING);
      assertThat(worker.awaitEnd(suitsNot).state()).isEqualTo(JobState.SUCCEEDED);
    }
  }

  @Test
  void whatIsNotKnownIsRefusedByName() throws Exception {
    try (Worker worker = with(new Worker(data), "1.0.0", Worker.NOTHING)) {
      JobTypes types = worker.engine.types();
      assertThatThrownBy(() -> types.use("t", "9")).hasMessageContaining("Known are 1.0.0");
      assertThatThrownBy(() -> types.use("u", "1")).hasMessageContaining("Known are 't'");
      assertThatThrownBy(() -> types.retire("t", "1.0.0", " ")).hasMessageContaining("Say why");
    }
  }
}
