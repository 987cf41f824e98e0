package org.peerworks.job.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.RunningProgram;
import org.peerworks.job.api.StepExit;

/** Programs whose step directory lies on a real disk that is full when they end. */
final class FullDiskTest {

  @TempDir Path disk;

  @Test
  void howAProgramEndedIsKnownThoughTheDiskIsFull() throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs -o size=2m none \"$1\" && shift && exec \"$@\"",
                "sh",
                disk.toString()));
    List<String> probe = new ArrayList<>(command);
    probe.add("true");
    Assumptions.assumeTrue(
        run(probe).isEmpty(),
        "Wants to mount a tmpfs: root, or a kernel that lets users make namespaces");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            FullDiskTest.class.getName(),
            disk.toString()));
    assertThat(run(command)).endsWith("exit known, start refused\n");
  }

  private static String run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      process.waitFor(60, TimeUnit.SECONDS);
      process.destroyForcibly();
    }
  }

  /** The child. */
  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    Steps steps = new Steps(data);
    LocalProgramExecutor executor = steps.executor();
    RunningProgram program =
        steps.sh(executor, "echo runs; until [ -e go ]; do sleep 0.05; done; exit 7");
    steps.awaitOutput("runs");
    Files.createFile(data.resolve("go.later"));
    try (OutputStream out = Files.newOutputStream(data.resolve("filler"))) {
      while (true) {
        out.write(1);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
    Files.move(data.resolve("go.later"), data.resolve("go"));
    assertThat(Steps.end(program.exit())).contains(new StepExit(7));
    try {
      steps.sh(executor, "exit 0");
      throw new AssertionError("started on a full disk");
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
    steps.close();
    System.out.println("exit known, start refused");
    System.exit(0);
  }
}
