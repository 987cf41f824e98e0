package org.peerworks.job.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Program;
import org.peerworks.job.api.RunningProgram;
import org.peerworks.job.api.StepExit;

class KilledWorkerTest {

  @TempDir Path temp;

  @Test
  void aProgramGoesOnWhenItsWorkerIsKilledAndTheNextOneFindsIt() throws Exception {
    Process worker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                KilledWorker.class.getName(),
                temp.toString(),
                "echo one; echo x > $TMPDIR/x; until [ -e go ]; do sleep 0.05; done; echo two; exit 5")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Steps steps = new Steps(temp);
    try (BufferedReader said = worker.inputReader()) {
      assertThat(said.readLine()).isEqualTo("started");
      steps.awaitOutput("one");
      Path kept = steps.directory("step0").resolve("tmp/x");
      Awaitility.await().until(() -> Files.exists(kept));
      worker.destroyForcibly();
      assertThat(worker.waitFor(30, TimeUnit.SECONDS)).isTrue();

      RunningProgram found = steps.executor().find(steps.directory("step0")).orElseThrow();
      assertThat(Steps.group(found)).contains(found.pid());
      Files.createFile(temp.resolve("go"));
      assertThat(Steps.end(found.exit())).contains(new StepExit(5));
      assertThat(steps.output()).isEqualTo("one\ntwo\n");
      assertThat(steps.directory("step0").resolve("tmp")).doesNotExist();
    } finally {
      worker.destroyForcibly();
      Files.writeString(temp.resolve("go"), "");
      steps.close();
    }
  }

  /** A worker was killed while a program was starting, which now starts beside the next try. */
  @Test
  void ofTwoStartsOfOneStepOneRunsAndTheOtherFollowsIt() throws Exception {
    Path tools = Files.createDirectory(temp.resolve("tools"));
    Path setsid =
        tool(
            temp.resolve("late-setsid"),
            ": > ../second; until [ -e ../ran ]; do sleep 0.01; done; exec setsid \"$@\"");
    tool(
        tools.resolve("ln"),
        ": > ../claimed; until [ -e ../taken ]; do sleep 0.01; done; exec /bin/ln \"$@\"");
    Steps steps = new Steps(temp);
    steps.workerEnvironment.put("PATH", tools + ":" + System.getenv("PATH"));
    LocalProgramExecutor killed = steps.executor(TestConfig.allowing("sh=/bin/sh"));
    steps.workerEnvironment.put("PATH", System.getenv("PATH"));
    LocalProgramExecutor next =
        new LocalProgramExecutor(
            temp, TestConfig.allowing("sh=/bin/sh"), steps.workerEnvironment, setsid);
    Path step = steps.directory("step");
    Program program =
        new Program(
            "sh",
            List.of(
                "-c",
                "echo x >> starts; : > steps/step/ran; until [ -e go ]; do sleep 0.01; done; exit 7"),
            temp,
            Map.of());
    CompletableFuture<RunningProgram> first =
        CompletableFuture.supplyAsync(() -> start(killed, program, step, steps.log));
    try {
      Awaitility.await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> Files.exists(step.resolve("claimed")));
      CompletableFuture<RunningProgram> second =
          CompletableFuture.supplyAsync(() -> start(next, program, step, steps.log));
      Awaitility.await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> Files.exists(step.resolve("second")));
      Files.createFile(step.resolve("taken"));
      RunningProgram found = second.get(60, TimeUnit.SECONDS);
      Files.createFile(temp.resolve("go"));
      assertThat(Steps.end(found.exit())).contains(new StepExit(7));
      assertThat(Steps.end(first.get(60, TimeUnit.SECONDS).exit())).contains(new StepExit(7));
      assertThat(temp.resolve("starts")).hasContent("x");
    } finally {
      Files.writeString(step.resolve("taken"), "");
      Files.writeString(temp.resolve("go"), "");
      next.deactivate();
      steps.close();
    }
  }

  private static Path tool(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }

  private static RunningProgram start(
      LocalProgramExecutor executor, Program program, Path step, Path log) {
    try {
      return executor.start(program, step, log, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
