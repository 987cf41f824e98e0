package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobContext;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.JobType;
import org.peerworks.job.api.Program;

/** The bundle of a job type goes away while a job of it runs. */
final class LostTypeTest {

  private static final String SCRIPT =
      "echo started >> ../../../starts; for i in $(seq 20); do echo line $i; sleep 0.05; done;"
          + " while [ ! -e ../../../go ]; do sleep 0.02; done; echo end";

  @TempDir Path data;

  /** Its code cannot load classes any more once its bundle is gone. */
  private static final class Counting implements JobType {
    private final CountDownLatch heard = new CountDownLatch(1);
    private volatile boolean gone;

    @Override
    public JobResult run(JobContext context) throws IOException {
      Program program = new Program("sh", List.of("-c", SCRIPT), context.workDirectory(), Map.of());
      context.step(
          "main",
          program,
          line -> {
            heard.countDown();
            if (gone) {
              throw new NoClassDefFoundError("org/example/Line");
            }
          });
      return JobResult.succeeded("{}", Map.of());
    }
  }

  private Worker worker(Counting type, boolean rerun) throws IOException {
    Worker worker = new Worker(data, Map.of("executorWaitSeconds", 1));
    worker.engine.setPrograms(new KeptPrograms());
    return rerun ? worker.withRerun("t", type) : worker.with("t", type);
  }

  /** Takes the type away in mid-job. */
  private static String lose(Worker worker, Counting type) throws InterruptedException {
    String id = worker.submit("t").id();
    type.heard.await();
    worker.engine.removeType(type);
    type.gone = true;
    return id;
  }

  private void go() throws IOException {
    Files.createFile(data.resolve("go"));
  }

  @Test
  void theJobGoesOnWithTheSameVersionWhenThatIsBack() throws Exception {
    Counting before = new Counting();
    try (Worker worker = worker(before, true)) {
      String id = lose(worker, before);
      worker.withRerun("t", new Counting());
      go();
      Job job = worker.awaitEnd(id);
      assertThat(job.state()).as(job.reason()).isEqualTo(JobState.SUCCEEDED);
      assertThat(Files.readAllLines(data.resolve("starts"))).hasSize(1);
      assertThat(Files.readAllLines(data.resolve("jobs").resolve(id).resolve("log")))
          .hasSize(21)
          .endsWith("line 20", "end");
    }
  }

  @Test
  void theJobGoesOnWithAnotherVersionIfItsOwnStaysAway() throws Exception {
    Counting before = new Counting();
    try (Worker worker = worker(before, true)) {
      String id = lose(worker, before);
      worker.withRerun("t", "2.0.0", SlotPool.CPU, new Counting());
      go();
      Job job = worker.awaitEnd(id);
      assertThat(job.state()).as(job.reason()).isEqualTo(JobState.SUCCEEDED);
      assertThat(job.typeVersion()).isEqualTo("2.0.0");
      assertThat(Files.readAllLines(data.resolve("starts"))).hasSize(1);
    }
  }

  @Test
  void theJobFailsWithItsProgramEndedIfNoVersionComes() throws Exception {
    Counting before = new Counting();
    try (Worker worker = worker(before, true)) {
      String id = lose(worker, before);
      Job job = worker.awaitEnd(id);
      assertThat(job.state()).isEqualTo(JobState.FAILED);
      assertThat(job.reason()).contains("1.0.0", "went away");
      assertEnded(id);
    }
  }

  @Test
  void theJobCanBeCancelledWhileItHasNoType() throws Exception {
    Counting before = new Counting();
    try (Worker worker = worker(before, true)) {
      String id = lose(worker, before);
      assertThat(Worker.get(worker.as(Worker.ANNA).cancel(id)).state())
          .isEqualTo(JobState.CANCELLED);
      assertEnded(id);
    }
  }

  @Test
  void aJobThatCannotBeRunAgainFails() throws Exception {
    Counting before = new Counting();
    try (Worker worker = worker(before, false)) {
      String id = lose(worker, before);
      assertThat(worker.awaitEnd(id).reason()).contains("org/example/Line");
      assertEnded(id);
    }
  }

  @Test
  void aWorkerThatStopsMeanwhileLeavesTheJobToTheNextOne() throws Exception {
    Counting before = new Counting();
    String id;
    try (Worker worker = worker(before, true)) {
      id = lose(worker, before);
    }
    go();
    try (Worker worker = worker(new Counting(), true)) {
      Job job = worker.awaitEnd(id);
      assertThat(job.state()).as(job.reason()).isEqualTo(JobState.SUCCEEDED);
    }
    assertThat(Files.readAllLines(data.resolve("starts"))).hasSize(1);
  }

  private void assertEnded(String id) throws IOException {
    Path pid = data.resolve("jobs").resolve(id).resolve("steps/main/pid");
    long program = Long.parseLong(Files.readString(pid).strip());
    Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> ProcessHandle.of(program).filter(ProcessHandle::isAlive).isEmpty());
  }
}
