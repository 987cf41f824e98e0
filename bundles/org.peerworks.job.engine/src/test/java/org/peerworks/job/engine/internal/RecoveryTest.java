package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;

final class RecoveryTest {

  @TempDir Path data;
  private final List<Process> orphans = new ArrayList<>();

  @AfterEach
  void end() {
    orphans.forEach(Process::destroyForcibly);
  }

  /** Jobs that ran when their worker was killed. */
  private List<String> interrupted(int count) throws Exception {
    List<String> ids = new ArrayList<>();
    try (Worker worker = new Worker(data)) {
      worker.with(
          "t",
          context -> {
            Files.writeString(context.outputDirectory().resolve("out.txt"), "half");
            return JobResult.succeeded("{}", Map.of());
          });
      for (int i = 0; i < count; i++) {
        ids.add(worker.submit("t").id());
        worker.awaitEnd(ids.get(i));
      }
    }
    Database.execute(data, "UPDATE job SET state='RUNNING', ended=NULL");
    return ids;
  }

  private Process orphanOf(String id) throws Exception {
    Process orphan = new ProcessBuilder("sleep", "600").start();
    orphans.add(orphan);
    Path step = Files.createDirectories(data.resolve("jobs").resolve(id).resolve("steps/main"));
    Files.writeString(step.resolve("pid"), Long.toString(orphan.pid()));
    return orphan;
  }

  @Test
  void oneJobThatCannotBePutInOrderDoesNotKeepTheOthersRunning() throws Exception {
    List<String> ids = interrupted(3);
    Files.writeString(data.resolve("jobs").resolve(ids.get(0)).resolve("returned"), "no directory");
    try (Worker worker = new Worker(data).with("t", Worker.NOTHING)) {
      for (String id : ids) {
        assertThat(worker.awaitEnd(id).state()).isEqualTo(JobState.FAILED);
      }
      assertThat(worker.job(ids.get(0)).outputs()).isEmpty();
      assertThat(worker.job(ids.get(2)).outputs()).hasSize(1);
    }
  }

  @Test
  void anUnreadableStepDoesNotKeepOtherOrphansAlive() throws Exception {
    List<String> ids = interrupted(2);
    Path bad = data.resolve("jobs").resolve(ids.get(0)).resolve("steps/main");
    Files.writeString(Files.createDirectories(bad).resolve("pid"), "no number");
    Process orphan = orphanOf(ids.get(1));
    try (Worker worker = new Worker(data).with("t", Worker.NOTHING).withPrograms()) {
      assertThat(worker.awaitEnd(ids.get(0)).state()).isEqualTo(JobState.FAILED);
      assertThat(worker.awaitEnd(ids.get(1)).state()).isEqualTo(JobState.FAILED);
      assertThat(orphan.isAlive()).isFalse();
    }
  }

  @Test
  void orphansAreStoppedHoweverLateTheExecutorComes() throws Exception {
    String id = interrupted(1).get(0);
    Process orphan = orphanOf(id);
    try (Worker worker = new Worker(data, Map.of("executorWaitSeconds", 1))) {
      worker.with("other", Worker.NOTHING);
      worker.awaitEnd(worker.submit("other").id());
      assertThat(orphan.isAlive()).isTrue();
      assertThat(worker.job(id).state()).isEqualTo(JobState.RUNNING);
      worker.withPrograms();
      assertThat(worker.awaitEnd(id).state()).isEqualTo(JobState.FAILED);
      Awaitility.await().until(() -> !orphan.isAlive());
    }
  }
}
