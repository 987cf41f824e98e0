package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.JobType;

/** What a job may return, write and take. Who may have how much of it: {@link CrowdTest}. */
final class LimitsTest {

  @TempDir Path data;

  private Job run(Map<String, Object> limits, JobType type) throws Exception {
    try (Worker worker = new Worker(data, limits).with("t", type)) {
      return worker.awaitEnd(worker.submit("t").id());
    }
  }

  private static JobType returning(int files) {
    return context -> {
      Map<String, Path> outputs = new HashMap<>();
      for (int i = 0; i < files; i++) {
        Path file = context.outputDirectory().resolve("out" + i);
        outputs.put("out" + i, Files.writeString(file, "x"));
      }
      return JobResult.succeeded("{}", outputs);
    };
  }

  @Test
  void aJobReturnsSoManyFiles() throws Exception {
    assertThat(run(Map.of("maxOutputs", 3), returning(3)).outputs()).hasSize(3);
    Job tooMany = run(Map.of("maxOutputs", 3), returning(4));
    assertThat(tooMany.state()).isEqualTo(JobState.FAILED);
    assertThat(tooMany.reason()).contains("4 files", "may return 3");
    assertThat(tooMany.outputs()).as("what is kept of them").hasSize(3);
  }

  @Test
  void aResultDocumentHasSoManyBytes() throws Exception {
    Map<String, Object> limits = Map.of("maxDocumentBytes", 20);
    String fits = "{\"a\":\"" + "x".repeat(12) + "\"}";
    String tooLarge = "{\"a\":\"" + "ü".repeat(7) + "\"}";
    assertThat(run(limits, context -> JobResult.succeeded(fits, Map.of())).document())
        .contains(fits);
    Job failed = run(limits, context -> JobResult.succeeded(tooLarge, Map.of()));
    assertThat(failed.state()).isEqualTo(JobState.FAILED);
    assertThat(failed.reason()).contains("more than 20 bytes");
    assertThat(failed.document()).isEmpty();
  }

  @Test
  void codeThatLogsWithoutEndIsStopped() throws Exception {
    Job job =
        run(
            Map.of("maxLogBytes", 10_000L),
            context -> {
              while (true) {
                context.log("again");
              }
            });
    assertThat(job.state()).isEqualTo(JobState.FAILED);
    assertThat(job.reason()).contains("log grew beyond the limit of 10000 bytes");
    assertThat(data.resolve("jobs").resolve(job.id()).resolve("log"))
        .satisfies(log -> assertThat(Files.size(log)).isBetween(10_000L, 20_000L));
  }

  @Test
  void aJobOfACallerWhoNamesNoTimeRunsAsLongAsTheWorkerSays() throws Exception {
    Job job =
        run(
            Map.of("defaultTimeoutSeconds", 1L),
            context -> {
              new CountDownLatch(1).await();
              return JobResult.succeeded("{}", Map.of());
            });
    assertThat(job.state()).isEqualTo(JobState.TIMED_OUT);
    assertThat(job.reason()).contains("1.0 s");
  }

  @Test
  void theDefaultTimeIsNeverLongerThanTheLongest() throws Exception {
    Map<String, Object> limits = Map.of("defaultTimeoutSeconds", 100L, "maxTimeoutSeconds", 1L);
    try (Worker worker = new Worker(data, limits)) {
      worker.with(
          "t",
          context -> {
            new CountDownLatch(1).await();
            return JobResult.succeeded("{}", Map.of());
          });
      assertThat(worker.awaitEnd(worker.submit("t").id()).reason()).contains("1.0 s");
      assertThatThrownBy(() -> worker.submit(Worker.timeout("t", Duration.ofSeconds(2))))
          .hasMessageContaining("at most 1 s here, but was 2 s");
    }
  }

  @Test
  void soManyCallsWaitForAThread() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (Worker worker = new Worker(data, Map.of("maxPendingCalls", 1)).with("t", Worker.NOTHING)) {
      String id = worker.submit("t").id();
      worker.awaitEnd(id);
      CountDownLatch taken = new CountDownLatch(4);
      for (int i = 0; i < 4; i++) { // holds every connection that reads
        CompletableFuture.runAsync(() -> hold(worker, taken, release), task -> start(task));
      }
      taken.await();
      List<CompletionStage<Job>> calls = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        calls.add(worker.as(Worker.ANNA).get(id));
      }
      release.countDown();
      int refused = 0;
      for (CompletionStage<Job> call : calls) {
        try {
          assertThat(Worker.get(call).id()).isEqualTo(id);
        } catch (JobException e) {
          assertThat(e.code()).isEqualTo(JobException.Code.UNAVAILABLE);
          assertThat(e).hasMessageContaining("too many calls");
          refused++;
        }
      }
      assertThat(refused).as("all but those of four threads and one that waits").isBetween(5, 9);
    }
  }

  private static void start(Runnable task) {
    new Thread(task).start();
  }

  private static void hold(Worker worker, CountDownLatch taken, CountDownLatch release) {
    try {
      worker
          .engine
          .store()
          .readers()
          .read(
              queries -> {
                taken.countDown();
                try {
                  release.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                return null;
              });
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
