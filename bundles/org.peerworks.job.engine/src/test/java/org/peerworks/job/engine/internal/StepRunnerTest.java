package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
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
import org.peerworks.job.api.StepExit;

/** What becomes of jobs whose stop, executor or outputs go wrong. */
final class StepRunnerTest {

  @TempDir Path data;

  private static JobType program(String... command) {
    return context -> {
      Program program =
          new Program(
              command[0],
              List.of(command).subList(1, command.length),
              context.workDirectory(),
              Map.of());
      int status = context.step("main", program, line -> {}).status();
      return status == 0
          ? JobResult.succeeded("{}", Map.of())
          : JobResult.failed("Status " + status + ".", "{}", Map.of());
    };
  }

  /** Programs whose end is in the hands of the test; they are the same for all executors. */
  private static final class Puppets {
    private final CompletableFuture<Optional<StepExit>> end = new CompletableFuture<>();
    private final CountDownLatch started = new CountDownLatch(1);
    private final AtomicBoolean stopped = new AtomicBoolean();

    final class Executor implements ProgramExecutor {
      private final CompletableFuture<Optional<StepExit>> mine = new CompletableFuture<>();

      Executor() {
        end.thenAccept(mine::complete);
      }

      void close() {
        mine.completeExceptionally(new IllegalStateException("The executor is gone."));
      }

      @Override
      public RunningProgram start(
          Program program, Path step, Path log, Map<String, String> environment) {
        started.countDown();
        return running();
      }

      @Override
      public Optional<RunningProgram> find(Path step) {
        return Optional.of(running());
      }

      @Override
      public Optional<String> describe(String programName) {
        return Optional.empty();
      }

      private RunningProgram running() {
        return new RunningProgram() {
          @Override
          public long pid() {
            return 1;
          }

          @Override
          public CompletionStage<Optional<StepExit>> exit() {
            return mine.copy();
          }

          @Override
          public void interrupt() {}

          @Override
          public CompletionStage<Optional<StepExit>> stop(Duration grace) {
            stopped.set(true);
            return mine.copy();
          }
        };
      }
    }
  }

  @Test
  void aStopOfTheWorkerShortensAStopThatIsUnderWay() throws Exception {
    String id;
    Path pid;
    try (Worker worker = new Worker(data, Map.of("stopGraceSeconds", 60L)).withPrograms()) {
      worker.with(
          "p",
          program(
              "sh",
              "-c",
              "trap 'echo asked > asked' TERM; echo ready > ready; while :; do sleep 0.1; done"));
      id = worker.submit("p").id();
      Path job = data.resolve("jobs").resolve(id);
      pid = job.resolve("steps/main/pid");
      Awaitility.await().until(() -> Files.exists(job.resolve("work/ready")));
      worker.as(Worker.ANNA).cancel(id);
      Awaitility.await().until(() -> Files.exists(job.resolve("work/asked")));
    }
    assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid)))).isEmpty();
    assertThat(Database.state(data, id)).isEqualTo("CANCELLED");
  }

  @Test
  void aJobWhoseProgramOutlivesTheWorkerIsLeftToRecovery() throws Exception {
    Puppets puppets = new Puppets();
    String id;
    try (Worker worker = new Worker(data).with("p", program("x"))) {
      worker.engine.setPrograms(puppets.new Executor());
      id = worker.submit("p").id();
      puppets.started.await();
    }
    assertThat(puppets.stopped).isTrue();
    assertThat(Database.state(data, id)).isEqualTo("RUNNING");
    puppets.end.complete(Optional.empty());
    try (Worker worker = new Worker(data).with("p", Worker.NOTHING)) {
      worker.engine.setPrograms(puppets.new Executor());
      assertThat(worker.awaitEnd(id).state()).isEqualTo(JobState.FAILED);
    }
  }

  @Test
  void aProgramIsFollowedFurtherByTheNextExecutor() throws Exception {
    Puppets puppets = new Puppets();
    Puppets.Executor first = puppets.new Executor();
    Puppets.Executor second = puppets.new Executor();
    try (Worker worker = new Worker(data).with("p", program("x"))) {
      worker.engine.setPrograms(first);
      String id = worker.submit("p").id();
      puppets.started.await();
      worker.engine.unsetPrograms(first);
      first.close();
      worker.engine.setPrograms(second);
      puppets.end.complete(Optional.of(new StepExit(0)));
      Job job = worker.awaitEnd(id);
      assertThat(job.reason()).isEmpty();
      assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
    }
  }

  @Test
  void withoutAnExecutorAJobEndsWhenItIsToAndItsProgramWhenItCan() throws Exception {
    Puppets puppets = new Puppets();
    Puppets.Executor first = puppets.new Executor();
    try (Worker worker = new Worker(data, Map.of("stopGraceSeconds", 1L))) {
      worker.with("p", program("x"));
      worker.engine.setPrograms(first);
      String id = worker.submit("p").id();
      puppets.started.await();
      worker.engine.unsetPrograms(first);
      first.close();
      assertThat(Worker.get(worker.as(Worker.ANNA).cancel(id)).state())
          .isEqualTo(JobState.CANCELLED);
      assertThat(puppets.stopped).isFalse();
      worker.engine.setPrograms(puppets.new Executor());
      Awaitility.await().untilTrue(puppets.stopped);
      puppets.end.complete(Optional.empty());
    }
  }

  @Test
  void anErrorAfterTheRunFailsTheJobAndFreesItsSlot() throws Exception {
    Path bad =
        (Path)
            Proxy.newProxyInstance(
                Path.class.getClassLoader(),
                new Class<?>[] {Path.class},
                (proxy, method, arguments) -> {
                  throw new AssertionError("bad path");
                });
    try (Worker worker = new Worker(data)) {
      worker.with("bad", context -> JobResult.succeeded("{}", Map.of("f", bad)));
      worker.with("good", Worker.NOTHING);
      Job job = worker.awaitEnd(worker.submit("bad").id());
      assertThat(job.state()).isEqualTo(JobState.FAILED);
      assertThat(job.reason()).contains("bad path");
      assertThat(worker.awaitEnd(worker.submit("good").id()).state()).isEqualTo(JobState.SUCCEEDED);
    }
  }
}
