package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Intake;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;

/** A worker that is to be emptied. */
final class IntakeTest {

  @TempDir Path data;

  @Test
  void aClosedIntakeRefusesNewJobsKeepsTheQueueAndLetsRunningJobsEnd() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    String waiting;
    try (Worker worker = new Worker(data).with("t", Worker.NOTHING)) {
      worker.with(
          "gate",
          context -> {
            end.await();
            return JobResult.succeeded("{}", Map.of());
          });
      String running = worker.submit("gate").id();
      worker.awaitRunning(running);
      waiting = worker.submit("t").id();
      Intake intake = worker.engine.intake();
      intake.close("The disk is changed.");
      CompletionStage<Void> drained = intake.drained();

      assertThatThrownBy(() -> worker.submit("t"))
          .isInstanceOf(JobException.class)
          .hasMessageContaining("The disk is changed.");
      assertThat(drained.toCompletableFuture()).isNotDone();
      end.countDown();
      Worker.get(drained);
      assertThat(worker.awaitEnd(running).state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(worker.job(waiting).state()).isEqualTo(JobState.QUEUED);
      assertThat(worker.job(waiting).reason()).contains("The disk is changed.");
    }
    try (Worker worker = new Worker(data).with("t", Worker.NOTHING)) {
      Intake intake = worker.engine.intake();
      assertThat(intake.closed()).contains("The disk is changed.");
      Worker.get(intake.drained());
      CountDownLatch told = new CountDownLatch(1);
      intake.watch(told::countDown);
      intake.open();
      told.await();
      assertThat(worker.awaitEnd(waiting).state()).isEqualTo(JobState.SUCCEEDED);
    }
    try (Worker worker = new Worker(data)) {
      assertThat(worker.engine.intake().closed()).isEmpty();
    }
  }

  @Test
  void whoWaitsForTheLastJobHearsThatTheIntakeIsOpenAgain() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (Worker worker = new Worker(data)) {
      worker.with(
          "gate",
          context -> {
            end.await();
            return JobResult.succeeded("{}", Map.of());
          });
      worker.awaitRunning(worker.submit("gate").id());
      worker.engine.intake().close("Soon.");
      CompletionStage<Void> drained = worker.engine.intake().drained();
      worker.engine.intake().open();
      assertThatThrownBy(() -> Worker.get(drained)).hasMessageContaining("takes jobs in again");
      end.countDown();
    }
  }

  @Test
  void whoLeavesWaitsOnlyForJobsThatCannotGoOnWithoutTheWorker() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (Worker worker = new Worker(data, Map.of("cpuSlots", 2))) {
      worker.with(
          "gate",
          context -> {
            end.await();
            return JobResult.succeeded("{}", Map.of());
          });
      worker.withRerun(
          "long",
          context -> {
            new CountDownLatch(1).await();
            return JobResult.succeeded("{}", Map.of());
          });
      worker.awaitRunning(worker.submit("gate").id());
      worker.awaitRunning(worker.submit("long").id());
      worker.engine.intake().closeUntilRestart("Soon.");
      CompletionStage<Void> leavable = worker.engine.intake().leavable();
      CompletionStage<Void> drained = worker.engine.intake().drained();

      assertThat(leavable.toCompletableFuture()).isNotDone();
      end.countDown();
      Worker.get(leavable);
      assertThat(drained.toCompletableFuture()).isNotDone();
    }
  }
}
