package org.peerworks.job.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.RunningProgram;
import org.peerworks.job.api.StepExit;

/** Where programs keep files for a while, and for longer. */
final class PlacesOfProgramsTest {

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  @TempDir Path temp;
  private Steps steps;

  private Steps steps(Path data) throws Exception {
    steps = new Steps(Files.createDirectories(data));
    return steps;
  }

  @AfterEach
  void close() throws Exception {
    steps.close();
  }

  @Test
  void aSocketBelowTmpdirHasAShortNameHoweverLongThatOfTheDataDirectoryIs() throws Exception {
    Path data = temp.resolve("a-very-long-name-of-a-directory".repeat(5));
    RunningProgram program =
        steps(data)
            .start(
                steps.executor(TestConfig.allowing("java=" + JAVA)),
                "java",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                SocketProgram.class.getName());
    assertThat(Steps.end(program.exit())).contains(new StepExit(0));
    assertThat(steps.output()).contains("listens: true");
    assertThat(data.resolve("steps/step0/tmp")).doesNotExist();
  }

  @Test
  void whatIsInTmpdirLiesInTheDataDirectory() throws Exception {
    RunningProgram program =
        steps(temp).sh(steps.executor(), "echo x > $TMPDIR/large; echo made; sleep 300");
    steps.awaitOutput("made");
    assertThat(temp.resolve("steps/step0/tmp/large")).hasContent("x");
    program.stop(java.time.Duration.ZERO);
    Steps.end(program.exit());
    assertThat(temp.resolve("steps/step0/tmp")).doesNotExist();
  }

  @Test
  void theConfigurationMayNameOtherPlaces() throws Exception {
    RunningProgram program =
        steps(temp)
            .start(
                steps.executor(
                    TestConfig.allowing("env").withEnvironment("HOME", "TMPDIR=/var/tmp")),
                "env");
    Steps.end(program.exit());
    assertThat(steps.output().lines()).contains("HOME=" + System.getenv("HOME"), "TMPDIR=/var/tmp");
  }

  @Test
  void whatAProgramKeepsInItsHomeIsThereForTheNextOne() throws Exception {
    LocalProgramExecutor executor = steps(temp).executor();
    RunningProgram first =
        steps.sh(executor, "mkdir -p ~/.cache/torch; echo weights > ~/.cache/torch/w");
    assertThat(Steps.end(first.exit())).contains(new StepExit(0));
    RunningProgram second = steps.sh(executor, "cat ~/.cache/torch/w");
    Steps.end(second.exit());
    assertThat(steps.output()).isEqualTo("weights\n");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(temp.resolve("programs/home"))))
        .isEqualTo("rwx------");
  }

  @Test
  void whatPipHasInstalledForTheWorkersUserIsStillFound() throws Exception {
    Path home = Files.createDirectories(temp.resolve("user"));
    Files.createDirectory(home.resolve(".local"));
    steps(temp).workerEnvironment.put("HOME", home.toString());
    Steps.end(steps.start(steps.executor(TestConfig.allowing("env")), "env").exit());
    assertThat(steps.output().lines()).contains("PYTHONUSERBASE=" + home.resolve(".local"));
  }

  @Test
  void aProgramStartsInItsWorkingDirectory() throws Exception {
    Steps.end(steps(temp).sh(steps.executor(), "pwd -P; echo \"$PWD\"").exit());
    assertThat(steps.output().lines()).containsOnly(temp.toRealPath().toString()).hasSize(2);
  }
}
