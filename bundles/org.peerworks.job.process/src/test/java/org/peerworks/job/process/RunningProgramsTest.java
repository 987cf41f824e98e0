package org.peerworks.job.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Program;
import org.peerworks.job.api.RunningProgram;
import org.peerworks.job.api.StepExit;

class RunningProgramsTest {

  @TempDir Path temp;
  private Steps steps;

  @BeforeEach
  void open() {
    steps = new Steps(temp);
  }

  @AfterEach
  void close() throws Exception {
    steps.close();
  }

  @Test
  void outputIsAppendedToTheLogAndTheExitStatusKept() throws Exception {
    Files.writeString(steps.log, "before\n");
    RunningProgram program = steps.sh(steps.executor(), "echo out; echo err >&2; exit 7");
    assertThat(Steps.end(program.exit())).contains(new StepExit(7));
    assertThat(steps.output()).isEqualTo("before\nout\nerr\n");
    assertThat(steps.directory("step0").resolve("exit")).content().isEqualToIgnoringWhitespace("7");
  }

  @Test
  void allOutputIsInTheLogWhenTheExitIsKnown() throws Exception {
    RunningProgram program =
        steps.sh(steps.executor(), "(sleep 0.05; seq 1 100000; echo last) & seq 1 100000");
    assertThat(Steps.end(program.exit())).contains(new StepExit(0));
    assertThat(steps.output()).hasLineCount(200_001).contains("last\n");
  }

  @Test
  void argumentsArriveUntouched() throws Exception {
    List<String> odd =
        List.of(
            "",
            "a b",
            "'",
            "\"",
            "$(touch evil)",
            "`touch evil`",
            "new\nline",
            "--",
            "-x",
            "A=b",
            "*",
            "~",
            "\\",
            "$HOME",
            "; touch evil",
            "ü",
            "\t",
            "|",
            "&&",
            "%s");
    List<String> arguments = new ArrayList<>(List.of("[%s]"));
    arguments.addAll(odd);
    RunningProgram program =
        steps.start(steps.executor(), "printf", arguments.toArray(String[]::new));
    assertThat(Steps.end(program.exit())).contains(new StepExit(0));
    assertThat(steps.output()).isEqualTo("[" + String.join("][", odd) + "]");
    assertThat(temp.resolve("evil")).doesNotExist();
  }

  @Test
  void anArgumentThatNoProgramCanGetIsAnError() throws Exception {
    LocalProgramExecutor executor = steps.executor();
    assertThatThrownBy(() -> steps.sh(executor, "a\0b"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/bin/sh");
  }

  @Test
  void theEnvironmentIsSmallAndHasNoSecrets() throws Exception {
    steps.workerEnvironment.put("WORKER_TOKEN", "secret");
    steps.workerEnvironment.put("HANDED_ON", "yes");
    LocalProgramExecutor executor =
        steps.executor(
            TestConfig.allowing("env")
                .withEnvironment("HANDED_ON", "NOT_THERE", "FROM=configuration", "SET=a=b"));
    RunningProgram program = steps.start(executor, Map.of("CUDA_VISIBLE_DEVICES", "0"), "env");
    Steps.end(program.exit());
    assertThat(steps.output().lines())
        .contains("HANDED_ON=yes", "FROM=program", "SET=a=b", "CUDA_VISIBLE_DEVICES=0")
        .contains("PYTHONUNBUFFERED=1", "TMPDIR=/proc/" + program.pid() + "/cwd")
        .contains("HOME=" + temp.resolve("programs/home"))
        .allMatch(
            line ->
                line.matches(
                    "(PATH|HOME|LANG|PYTHONUNBUFFERED|PYTHONUSERBASE|TMPDIR|PWD|PEERWORKS_STEP|HANDED_ON|FROM|SET"
                        + "|CUDA_VISIBLE_DEVICES)=.*"));
  }

  @Test
  void temporaryFilesGoWithTheProgram() throws Exception {
    RunningProgram program =
        steps.sh(steps.executor(), "mkdir $TMPDIR/a; echo x > $TMPDIR/a/b; cat $TMPDIR/a/b");
    Steps.end(program.exit());
    assertThat(steps.output()).isEqualTo("x\n");
    assertThat(temp.resolve("steps/step0/tmp")).doesNotExist();
    try (var left = Files.list(temp.resolve("steps/step0"))) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("pid", "exit");
    }
  }

  @Test
  void aProgramHasItsOwnSessionAndNoOtherDescriptors() throws Exception {
    RunningProgram program =
        steps.sh(
            steps.executor(),
            "read -r s < /proc/$$/stat; set -- ${s##*) }; echo group=$3 session=$4;"
                + " ls /proc/$$/fd; true");
    Steps.end(program.exit());
    long pid = program.pid();
    assertThat(steps.output().lines())
        .containsExactly("group=" + pid + " session=" + pid, "0", "1", "2");
  }

  @Test
  void noSignalButRealTimeOnesIsIgnoredOrBlocked() throws Exception {
    RunningProgram program =
        steps.start(steps.executor(), "grep", "-E", "Sig(Ign|Blk)", "/proc/self/status");
    Steps.end(program.exit());
    assertThat(steps.output().lines())
        .hasSize(2)
        .allMatch(line -> line.matches("Sig(Ign|Blk):\\t[0-9a-f]{8}[08]0{7}"));
    RunningProgram interrupted = steps.sh(steps.executor(), "kill -INT $$");
    assertThat(Steps.end(interrupted.exit())).contains(new StepExit(130));
  }

  @Test
  void limitsHold() throws Exception {
    LocalProgramExecutor executor =
        steps.executor(TestConfig.allowing("sh=/bin/sh").withLimits(7, "nofile=77, core=0"));
    Steps.end(steps.sh(executor, "ulimit -n; ulimit -c; nice").exit());
    assertThat(steps.output()).isEqualTo("77\n0\n7\n");
  }

  @Test
  void aFileThatTheSystemCannotRunSaysSoInTheLog() throws Exception {
    Path broken = Files.writeString(temp.resolve("broken"), "#!/no/such/interpreter\n");
    assertThat(broken.toFile().setExecutable(true)).isTrue();
    LocalProgramExecutor executor = steps.executor(TestConfig.allowing("broken=" + broken));
    assertThat(Steps.end(steps.start(executor, "broken").exit())).contains(new StepExit(127));
    assertThat(steps.output()).contains(broken.toString());
  }

  @Test
  void manyProgramsRunAtOnce() throws Exception {
    LocalProgramExecutor executor = steps.executor();
    List<RunningProgram> programs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      programs.add(steps.sh(executor, "sleep 0.2; exit " + i));
    }
    for (int i = 0; i < 20; i++) {
      assertThat(Steps.end(programs.get(i).exit())).contains(new StepExit(i));
    }
  }

  @Test
  void anotherConfigurationDoesNotDisturbWhatRuns() throws Exception {
    LocalProgramExecutor executor = steps.executor();
    RunningProgram program = steps.sh(executor, "until [ -e go ]; do sleep 0.05; done; exit 2");
    executor.modified(TestConfig.allowing("env"));
    assertThatThrownBy(() -> steps.sh(executor, "true")).hasMessageContaining("not allowed");
    Files.createFile(temp.resolve("go"));
    assertThat(Steps.end(program.exit())).contains(new StepExit(2));
  }

  @Test
  void aDirectoryIsUsedForOneProgramOnly() throws Exception {
    LocalProgramExecutor executor = steps.executor();
    Steps.end(steps.sh(executor, "true").exit());
    Program again = new Program("sh", List.of("-c", "true"), temp, Map.of());
    assertThatThrownBy(() -> executor.start(again, steps.directory("step0"), steps.log, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("use an empty directory");
  }

  @Test
  void aMissingWorkingDirectoryIsAnError() throws Exception {
    LocalProgramExecutor executor = steps.executor();
    Program program = new Program("sh", List.of(), temp.resolve("none"), Map.of());
    assertThatThrownBy(() -> executor.start(program, steps.directory("s"), steps.log, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'" + temp.resolve("none") + "' does not exist");
  }

  @Test
  void anInterruptedStartLeavesNoUnknownProgram() throws Exception {
    LocalProgramExecutor executor = steps.executor();
    Thread.currentThread().interrupt();
    try {
      RunningProgram program = steps.sh(executor, "exit 5");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(Steps.end(program.exit())).contains(new StepExit(5));
    } catch (InterruptedIOException e) {
      assertThat(Thread.interrupted()).isTrue();
      assertThat(steps.output()).isEmpty();
      assertThat(executor.find(steps.directory("step0"))).isEmpty();
    }
  }

  @Test
  void theScriptIsInstalledOnceAndMendedWhenDamaged() throws Exception {
    steps.executor();
    Path script;
    try (var files = Files.list(temp.resolve("programs"))) {
      script = files.findFirst().orElseThrow();
    }
    Files.writeString(script, "broken");
    assertThat(Steps.end(steps.sh(steps.executor(), "exit 3").exit())).contains(new StepExit(3));
    try (var files = Files.list(temp.resolve("programs"))) {
      assertThat(files).containsExactlyInAnyOrder(script, temp.resolve("programs/home"));
    }
  }
}
