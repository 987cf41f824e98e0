package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobControl;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.Program;

/** What running jobs are asked from outside. */
final class ControlTest {

  private static final String EARLY = "{\"stopped_early\":true}";

  /** Remembers what it is told; ends the job when it is to. */
  private static final class Listening implements JobControl {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public void stop() {
      stopped.countDown();
    }

    @Override
    public void tell(String json) {
      if (json.contains("nonsense")) {
        throw new JobException(JobException.Code.INVALID, "There is no command 'nonsense'.");
      }
      told.add(json);
    }
  }

  @TempDir Path data;
  private Worker worker;
  private final Listening control = new Listening();
  private final CountDownLatch ready = new CountDownLatch(1);

  @BeforeEach
  void open() throws Exception {
    worker = new Worker(data).withPrograms();
    worker.withControlled(
        "patient",
        context -> {
          ready.await();
          context.control(control);
          control.stopped.await();
          return JobResult.succeeded(EARLY, Map.of());
        });
  }

  @AfterEach
  void close() {
    ready.countDown();
    worker.close();
  }

  private String running() {
    String id = worker.submit("patient").id();
    worker.awaitRunning(id);
    return id;
  }

  @Test
  void aJobThatIsStoppedEndsEarlyAndKeepsWhatItHas() {
    ready.countDown();
    String id = running();
    Job job = Worker.get(worker.as(Worker.ANNA).stop(id));
    assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(job.document()).contains(EARLY);
    assertThat(Worker.get(worker.as(Worker.ANNA).stop(id))).isEqualTo(job);
  }

  @Test
  void aStopThatComesBeforeTheJobListensIsHandedOnLater() {
    String id = running();
    CompletableFuture<Job> stop = worker.as(Worker.ANNA).stop(id).toCompletableFuture();
    assertThat(stop).isNotDone();
    ready.countDown();
    assertThat(Worker.get(stop).state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void aJobIsToldWhatItKnowsAndRefusesTheRest() {
    String id = running();
    assertRefused(JobException.Code.UNAVAILABLE, id, "{}", "just starting");
    ready.countDown();
    Awaitility.await()
        .untilAsserted(() -> Worker.get(worker.as(Worker.ANNA).tell(id, "{\"command\":\"stop\"}")));
    assertThat(control.told).containsExactly("{\"command\":\"stop\"}");
    assertRefused(JobException.Code.INVALID, id, "{\"command\":\"nonsense\"}", "no command");
    assertRefused(JobException.Code.INVALID, id, "stop", "not JSON");
    assertRefused(JobException.Code.INVALID, id, "[]", "must be a JSON object");
    assertRefused(JobException.Code.INVALID, id, "{\"a\":".repeat(17) + "1", "depth");
    assertRefused(
        JobException.Code.INVALID, id, "{\"a\":\"" + "ä".repeat(8190) + "\"}", "16384 bytes");
    control.stop();
    worker.awaitEnd(id);
    assertRefused(JobException.Code.INVALID, id, "{}", "does not run");
  }

  private void assertRefused(JobException.Code code, String id, String json, String message) {
    assertThatThrownBy(() -> Worker.get(worker.as(Worker.ANNA).tell(id, json)))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  @Test
  void whoIsNeitherOwnerNorOperatorMayNotSteer() {
    ready.countDown();
    String id = running();
    for (var call :
        List.of(worker.as(Worker.BERT).stop(id), worker.as(Worker.BERT).tell(id, "{}"))) {
      assertThatThrownBy(() -> Worker.get(call))
          .isInstanceOfSatisfying(
              JobException.class, e -> assertThat(e.code()).isEqualTo(JobException.Code.FORBIDDEN));
    }
    assertThat(control.told).isEmpty();
    assertThat(control.stopped.getCount()).isOne();
  }

  @Test
  void aJobThatWaitsOrCannotEndEarlyIsNotStopped() {
    worker.with(
        "deaf",
        context -> {
          control.stopped.await();
          return JobResult.succeeded("{}", Map.of());
        });
    String deaf = worker.submit("deaf").id();
    worker.awaitRunning(deaf);
    String waiting = worker.submit("patient").id();
    assertThatThrownBy(() -> Worker.get(worker.as(Worker.ANNA).stop(deaf)))
        .hasMessageContaining("cannot be ended early. Cancel it instead");
    assertThatThrownBy(() -> Worker.get(worker.as(Worker.ANNA).stop(waiting)))
        .hasMessageContaining("has not started");
    assertThatThrownBy(() -> Worker.get(worker.as(Worker.ANNA).stop("nothing")))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.code()).isEqualTo(JobException.Code.NOT_FOUND));
    control.stop();
  }

  @Test
  void whatATypeDoesWhileItIsToldCannotHoldUpTheWorker() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    worker.withControlled(
        "slow",
        context -> {
          context.control(
              () -> {
                throw new IllegalStateException("Does not want to.");
              });
          end.await();
          return JobResult.succeeded("{}", Map.of());
        });
    String id = worker.submit("slow").id();
    worker.awaitRunning(id);
    CompletableFuture<Job> stop = worker.as(Worker.ANNA).stop(id).toCompletableFuture();
    assertRefusedMessages(id);
    assertThat(Worker.get(worker.as(Worker.ANNA).cancel(id)).state()).isEqualTo(JobState.CANCELLED);
    assertThat(Worker.get(stop).state()).isEqualTo(JobState.CANCELLED);
  }

  private void assertRefusedMessages(String id) {
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> Worker.get(worker.as(Worker.ANNA).tell(id, "{}")))
                    .hasMessageContaining("takes no messages"));
  }

  @Test
  void theProgramOfTheStepThatRunsIsInterrupted() throws Exception {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    CompletableFuture<Boolean> early = new CompletableFuture<>();
    worker.withControlled(
        "shell",
        context -> {
          early.complete(context.interruptStep());
          context.control(() -> assertThat(context.interruptStep()).isTrue());
          String script = "trap 'exit 9' INT; touch up; while :; do sleep 0.05; done";
          Program program =
              new Program("bash", List.of("-c", script), context.workDirectory(), Map.of());
          status.complete(context.step("main", program, line -> {}).status());
          return JobResult.succeeded(EARLY, Map.of());
        });
    String id = worker.submit("shell").id();
    Path up = data.resolve("jobs").resolve(id).resolve("work/up");
    Awaitility.await().until(() -> Files.exists(up));
    assertThat(Worker.get(worker.as(Worker.ANNA).stop(id)).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(status).isCompletedWithValue(9);
    assertThat(early).isCompletedWithValue(false);
  }
}
