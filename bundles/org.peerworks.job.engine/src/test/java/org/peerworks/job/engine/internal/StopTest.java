package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.JobType;
import org.peerworks.job.api.Program;
import org.peerworks.job.api.ProgramExecutor;
import org.peerworks.job.api.RunningProgram;

/** Programs and code that do not end as they are asked to. */
final class StopTest {

  private static final String STUBBORN = "trap '' TERM; touch up; while :; do sleep 0.1; done";

  @TempDir Path data;

  private static JobType shell(String script) {
    return context -> {
      Program program = new Program("sh", List.of("-c", script), context.workDirectory(), Map.of());
      context.step("main", program, line -> {});
      return JobResult.succeeded("{}", Map.of());
    };
  }

  @Test
  void aWorkerThatStopsKillsAProgramThatIgnoresTheSignal() throws Exception {
    String id;
    ProcessHandle program;
    Map<String, Object> patient = Map.of("stopGraceSeconds", 3600L);
    try (Worker worker = new Worker(data, patient).withPrograms()) {
      worker.with("stubborn", shell(STUBBORN));
      id = worker.submit("stubborn").id();
      program = awaitProgram(id);
      CompletableFuture.runAsync(worker::close).get(60, TimeUnit.SECONDS); // not an hour
    }
    Awaitility.await().until(() -> !program.isAlive());
    try (Worker worker = new Worker(data)) {
      assertThat(worker.job(id).state()).isEqualTo(JobState.FAILED);
      assertThat(worker.job(id).reason()).isEqualTo("The worker was stopped.");
    }
  }

  @Test
  void aWorkerThatStopsGivesUpCodeThatDoesNotListen() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    String id;
    try (Worker worker = new Worker(data, Map.of("abandonAfterMillis", 3_600_000L))) {
      worker.with(
          "deaf",
          context -> {
            while (end.getCount() > 0) {
              try {
                end.await();
              } catch (InterruptedException e) {
                continue; // deaf
              }
            }
            return JobResult.succeeded("{}", Map.of());
          });
      id = worker.submit("deaf").id();
      worker.awaitRunning(id);
      CompletableFuture.runAsync(worker::close).get(60, TimeUnit.SECONDS);
    }
    try (Worker worker = new Worker(data)) {
      assertThat(worker.job(id).reason()).isEqualTo("The worker was stopped.");
    } finally {
      end.countDown();
    }
  }

  @Test
  void cancelKillsAProgramThatIgnoresTheSignalAfterTheGrace() throws Exception {
    try (Worker worker = new Worker(data, Map.of("stopGraceSeconds", 1L)).withPrograms()) {
      worker.with("stubborn", shell(STUBBORN));
      String id = worker.submit("stubborn").id();
      ProcessHandle program = awaitProgram(id);
      assertThat(Worker.get(worker.as(Worker.ANNA).cancel(id)).state())
          .isEqualTo(JobState.CANCELLED);
      assertThat(program.isAlive()).isFalse();
    }
  }

  @Test
  void aJobWhoseProgramVanishesIsLost() throws Exception {
    try (Worker worker = new Worker(data)) {
      worker.engine.setPrograms(new Forgetful());
      worker.with("shell", shell("touch up; exec sleep 600"));
      String id = worker.submit("shell").id();
      ProcessHandle program = awaitProgram(id);
      program.destroyForcibly();
      Job job = worker.awaitEnd(id);
      assertThat(job.state()).isEqualTo(JobState.LOST);
      assertThat(job.reason()).contains("process " + program.pid()).contains("without a trace");
    }
  }

  private ProcessHandle awaitProgram(String id) throws IOException {
    Path job = data.resolve("jobs").resolve(id);
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> Files.exists(job.resolve("work/up")));
    String pid = Files.readString(job.resolve("steps/main/pid"));
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  /** Finds its programs again by their process only, as after a crash: learns of no exit. */
  private static final class Forgetful implements ProgramExecutor {
    private final LocalPrograms local = new LocalPrograms();

    @Override
    public RunningProgram start(
        Program program, Path stepDirectory, Path log, Map<String, String> environment)
        throws IOException {
      local.start(program, stepDirectory, log, environment);
      return find(stepDirectory).orElseThrow();
    }

    @Override
    public Optional<RunningProgram> find(Path stepDirectory) throws IOException {
      return local.find(stepDirectory);
    }

    @Override
    public Optional<String> describe(String programName) {
      return local.describe(programName);
    }
  }
}
