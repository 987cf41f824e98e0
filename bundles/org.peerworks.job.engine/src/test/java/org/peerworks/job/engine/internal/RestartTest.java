package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.JobType;

final class RestartTest {

  private static final JobType FOREVER =
      context -> {
        new CountDownLatch(1).await();
        return JobResult.succeeded("{}", Map.of());
      };

  private static final JobType LOGS =
      context -> {
        context.log("This job has a directory.");
        return JobResult.succeeded("{}", Map.of());
      };

  @TempDir Path data;

  @Test
  void anOrderlyStopFailsWhatRunsAndKeepsTheQueue() throws Exception {
    String running;
    String waiting;
    try (Worker worker = new Worker(data).with("t", FOREVER)) {
      running = worker.submit("t").id();
      worker.awaitRunning(running);
      waiting = worker.submit("t").id();
    }
    try (Worker worker = new Worker(data)) {
      assertThat(worker.job(running).state()).isEqualTo(JobState.FAILED);
      assertThat(worker.job(running).reason()).isEqualTo("The worker was stopped.");
      assertThat(worker.job(waiting).state()).isEqualTo(JobState.QUEUED);
      worker.with("t", Worker.NOTHING);
      assertThat(worker.awaitEnd(waiting).state()).isEqualTo(JobState.SUCCEEDED);
    }
  }

  @Test
  void afterAKillOrphansAreStoppedAndTheirJobsFail() throws Exception {
    String id;
    try (Worker worker = new Worker(data).with("t", Worker.NOTHING)) {
      id = worker.submit("t").id();
      worker.awaitEnd(id);
    }
    Process orphan = new ProcessBuilder("sleep", "600").start();
    try {
      Path step = Files.createDirectories(data.resolve("jobs").resolve(id).resolve("steps/main"));
      Files.writeString(step.resolve("pid"), Long.toString(orphan.pid()));
      Files.createDirectory(data.resolve("jobs").resolve("20200101-000000-000000"));
      try (Connection store =
          DriverManager.getConnection("jdbc:sqlite:" + data.resolve("store/peerworks.db"))) {
        store.createStatement().execute("UPDATE job SET state='RUNNING', ended=NULL");
      }
      try (Worker worker = new Worker(data)) {
        assertThat(worker.job(id).state()).isEqualTo(JobState.RUNNING);
        worker.with("t", Worker.NOTHING).withPrograms();
        Job job = worker.awaitEnd(id);
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.reason()).isEqualTo("The worker was restarted while the job ran.");
        Awaitility.await().until(() -> !orphan.isAlive());
        assertThat(Files.list(data.resolve("jobs"))).hasSize(1);
      }
    } finally {
      orphan.destroyForcibly();
    }
  }

  @Test
  void endedJobsThatAreTooOldAreDeletedWithTheirDirectories() throws Exception {
    Clock now = Clock.systemUTC();
    Map<String, Object> keep = Map.of("keepDays", 30);
    String old;
    String young;
    try (Worker worker = new Worker(data, keep, Clock.offset(now, Duration.ofDays(-31)))) {
      worker.with("t", LOGS);
      old = worker.submit("t").id();
      worker.awaitEnd(old);
    }
    try (Worker worker = new Worker(data, keep, Clock.offset(now, Duration.ofDays(-29)))) {
      worker.with("t", LOGS);
      young = worker.submit("t").id();
      worker.awaitEnd(young);
      assertThat(worker.job(old).state()).isEqualTo(JobState.SUCCEEDED);
    }
    try (Worker worker = new Worker(data, keep, now)) {
      Awaitility.await().until(() -> !Files.exists(data.resolve("jobs").resolve(old)));
      assertThatThrownBy(() -> worker.job(old)).hasMessageContaining(old);
      assertThat(worker.job(young).state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(data.resolve("jobs").resolve(young).resolve("log")).isNotEmptyFile();
    }
  }

  @Test
  void endedJobsBeyondTheLimitAreDeletedWithTheirDirectories() throws Exception {
    String newest = "";
    try (Worker worker = new Worker(data).with("t", LOGS)) {
      for (int i = 0; i < 5; i++) {
        newest = worker.submit("t").id();
        worker.awaitEnd(newest);
      }
    }
    try (Worker worker = new Worker(data, Map.of("keepJobs", 1L))) {
      Awaitility.await().until(() -> Files.list(data.resolve("jobs")).count() == 1);
      assertThat(worker.job(newest).state()).isEqualTo(JobState.SUCCEEDED);
    }
  }
}
