package org.peerworks.job.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
}
