package org.peerworks.job.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.RunningProgram;
import org.peerworks.job.api.StepExit;

class EndingProgramsTest {

  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir Path temp;
  private Steps steps;
  private LocalProgramExecutor executor;

  @BeforeEach
  void open() throws Exception {
    steps = new Steps(temp);
    executor = steps.executor();
  }

  @AfterEach
  void close() throws Exception {
    steps.close();
  }

  @Test
  void aProgramIsAskedToEndAndMaySayGoodbye() throws Exception {
    RunningProgram program =
        steps.sh(
            executor, "trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 0.05; done");
    steps.awaitOutput("ready");
    assertThat(Steps.end(program.stop(LONG))).contains(new StepExit(3));
    assertThat(Steps.end(program.exit())).contains(new StepExit(3));
    assertThat(steps.output()).endsWith("bye\n");
    assertThat(Steps.group(program)).isEmpty();
  }

  @Test
  void aProgramThatDoesNotListenIsKilledWithItsChildren() throws Exception {
    RunningProgram program =
        steps.sh(
            executor,
            "trap '' TERM; sleep 1000 & sleep 1000 & echo ready; while :; do sleep 0.05; done");
    steps.awaitOutput("ready");
    assertThat(Steps.end(program.stop(Duration.ofMillis(100)))).contains(new StepExit(137));
    assertThat(Steps.group(program)).isEmpty();
  }

  @Test
  void whoWaitsHearsThatTheExecutorIsGone() throws Exception {
    RunningProgram program =
        steps.sh(executor, "trap '' TERM; echo ready; while :; do sleep 0.05; done");
    steps.awaitOutput("ready");
    var exit = program.exit();
    var stop = program.stop(LONG);
    executor.deactivate();
    for (var stage : List.of(exit, stop, program.stop(LONG), program.exit())) {
      assertThatThrownBy(() -> Steps.end(stage))
          .hasCauseInstanceOf(IllegalStateException.class)
          .hasMessageContaining("executor is gone");
    }
    RunningProgram again = steps.executor().find(steps.directory("step0")).orElseThrow();
    assertThat(Steps.end(again.stop(Duration.ZERO))).contains(new StepExit(137));
  }

  @Test
  void aProgramIsInterruptedAsByCtrlCAndGoesOnIfItWants() throws Exception {
    RunningProgram program =
        steps.sh(
            executor,
            "trap 'echo first; trap \"exit 5\" INT' INT; echo ready; while :; do sleep 0.05; done");
    steps.awaitOutput("ready");
    program.interrupt();
    steps.awaitOutput("first");
    RunningProgram again = steps.executor().find(steps.directory("step0")).orElseThrow();
    again.interrupt();
    assertThat(Steps.end(program.exit())).contains(new StepExit(5));
    program.interrupt();
  }

  @Test
  void aProgramThatDoesNotMindEndsByTheInterrupt() throws Exception {
    RunningProgram program = steps.sh(executor, "echo ready; exec sleep 1000");
    steps.awaitOutput("ready");
    program.interrupt();
    assertThat(Steps.end(program.exit())).contains(new StepExit(130));
  }

  @Test
  void aLaterStopMayBeLessPatient() throws Exception {
    RunningProgram program =
        steps.sh(executor, "trap '' TERM; echo ready; while :; do sleep 0.05; done");
    steps.awaitOutput("ready");
    var patient = program.stop(LONG);
    assertThat(Steps.end(program.stop(Duration.ZERO))).contains(new StepExit(137));
    assertThat(Steps.end(patient)).contains(new StepExit(137));
  }

  @Test
  void aStoppedProgramHearsThatItShallEnd() throws Exception {
    RunningProgram program =
        steps.sh(executor, "trap 'exit 4' TERM; echo ready; kill -STOP $$; sleep 1000");
    steps.awaitOutput("ready");
    assertThat(Steps.end(program.stop(LONG))).contains(new StepExit(4));
  }

  @RepeatedTest(10)
  void aProgramThatHasHardlyStartedHearsItToo() throws Exception {
    RunningProgram program = steps.sh(executor, "sleep 1000");
    assertThat(Steps.end(program.stop(LONG))).contains(new StepExit(143));
    assertThat(Steps.group(program)).isEmpty();
  }

  @Test
  void stoppingWhatHasEndedChangesNothing() throws Exception {
    RunningProgram program = steps.sh(executor, "exit 6");
    Steps.end(program.exit());
    assertThat(Steps.end(program.stop(LONG))).contains(new StepExit(6));
  }

  @Test
  void whatAProgramLeavesBehindEndsWithIt() throws Exception {
    RunningProgram program = steps.sh(executor, "sleep 1000 & (sleep 1000 &) ; exit 0");
    assertThat(Steps.end(program.exit())).contains(new StepExit(0));
    assertThat(Steps.group(program)).allMatch(pid -> pid == program.pid());
    assertThat(steps.output()).contains("left processes behind");
  }

  @Test
  void stubbornChildrenOfAnEndedProgramAreKilledWhenItIsStopped() throws Exception {
    RunningProgram program =
        steps.sh(
            executor,
            "sh -c \"trap '' TERM; while kill -0 $$ 2>/dev/null; do sleep 0.02; done;"
                + " echo alone; while :; do sleep 0.05; done\" & exit 4");
    steps.awaitOutput("alone");
    assertThat(Steps.end(program.stop(Duration.ofMillis(200)))).contains(new StepExit(4));
    assertThat(Steps.group(program)).isEmpty();
  }

  @Test
  void aProgramWhoseLeaderWasKilledHasVanishedAndItsChildrenEnd() throws Exception {
    RunningProgram program = steps.sh(executor, "echo ready; exec sleep 1000");
    steps.awaitOutput("ready");
    assertThat(ProcessHandle.of(program.pid()).orElseThrow().destroyForcibly()).isTrue();
    assertThat(Steps.end(program.exit())).isEmpty();
    assertThat(Steps.group(program)).isEmpty();
    assertThat(Steps.end(program.stop(LONG))).isEmpty();
  }

  @Test
  void aWorkerThatComesBackFindsARunningProgram() throws Exception {
    RunningProgram program =
        steps.sh(executor, "echo ready; until [ -e go ]; do sleep 0.05; done; echo done; exit 9");
    steps.awaitOutput("ready");
    executor.deactivate();

    RunningProgram found = steps.executor().find(steps.directory("step0")).orElseThrow();
    assertThat(found.pid()).isEqualTo(program.pid());
    assertThat(found.exit().toCompletableFuture()).isNotDone();
    Files.createFile(temp.resolve("go"));
    assertThat(Steps.end(found.exit())).contains(new StepExit(9));
    assertThat(steps.output()).isEqualTo("ready\ndone\n");
    assertThat(program.exit().toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void aWorkerThatComesBackMayStopAProgram() throws Exception {
    RunningProgram program = steps.sh(executor, "echo ready; exec sleep 1000");
    steps.awaitOutput("ready");
    executor.deactivate();
    RunningProgram found = steps.executor().find(steps.directory("step0")).orElseThrow();
    assertThat(Steps.end(found.stop(LONG))).contains(new StepExit(143));
    assertThat(Steps.group(program)).isEmpty();
  }

  @Test
  void aWorkerThatComesBackLateFindsTheExit() throws Exception {
    Steps.end(steps.sh(executor, "exit 8").exit());
    RunningProgram found = steps.executor().find(steps.directory("step0")).orElseThrow();
    assertThat(Steps.end(found.exit())).contains(new StepExit(8));
    assertThat(Steps.end(found.stop(LONG))).contains(new StepExit(8));
  }

  @Test
  void aWorkerThatComesBackEndsWhatAKilledLeaderLeft() throws Exception {
    RunningProgram program = steps.sh(executor, "echo ready; exec sleep 1000");
    steps.awaitOutput("ready");
    executor.deactivate();
    ProcessHandle.of(program.pid()).orElseThrow().destroyForcibly();
    Awaitility.await().until(() -> !Steps.group(program).contains(program.pid()));
    assertThat(Steps.group(program)).hasSize(1);

    RunningProgram found = steps.executor().find(steps.directory("step0")).orElseThrow();
    assertThat(Steps.end(found.exit())).isEmpty();
    assertThat(Steps.group(program)).isEmpty();
  }

  @Test
  void whereNoneWasStartedNoneIsFound() throws Exception {
    assertThat(executor.find(steps.directory("none"))).isEmpty();
    Files.writeString(steps.directory("odd").resolve("pid"), "not a number\n");
    assertThat(executor.find(steps.directory("odd"))).isEmpty();
  }

  @Test
  void anotherProcessWithTheSameNumberIsLeftAlone() throws Exception {
    RunningProgram other = steps.sh(executor, "echo ready; exec sleep 1000");
    steps.awaitOutput("ready");
    String[] id = Files.readString(steps.directory("step0").resolve("pid")).strip().split(" ");
    List<String> forged =
        List.of(
            id[0] + " " + (Long.parseLong(id[1]) + 1) + " " + id[2],
            id[0] + " " + id[1] + " 00000000-0000-0000-0000-000000000000");
    for (int i = 0; i < forged.size(); i++) {
      Path step = steps.directory("forged" + i);
      Files.writeString(step.resolve("pid"), forged.get(i));
      RunningProgram found = executor.find(step).orElseThrow();
      assertThat(Steps.end(found.exit())).isEmpty();
      assertThat(Steps.end(found.stop(Duration.ZERO))).isEmpty();
    }
    assertThat(Steps.group(other)).contains(other.pid()).hasSize(2);
  }
}
