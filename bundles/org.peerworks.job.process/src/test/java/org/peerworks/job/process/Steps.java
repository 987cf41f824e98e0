package org.peerworks.job.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.peerworks.job.api.Program;
import org.peerworks.job.api.RunningProgram;
import org.peerworks.job.api.StepExit;

/** A worker's data directory with steps in it, and the executors that a test made. */
final class Steps {

  final Path data;
  final Path log;
  final Map<String, String> workerEnvironment = new HashMap<>(System.getenv());
  private final List<LocalProgramExecutor> executors = new ArrayList<>();
  private final List<RunningProgram> programs = new ArrayList<>();

  Steps(Path data) {
    this.data = data;
    this.log = data.resolve("log");
  }

  LocalProgramExecutor executor(LocalProgramExecutor.Config config) throws IOException {
    LocalProgramExecutor executor =
        new LocalProgramExecutor(data, config, workerEnvironment, Path.of("/usr/bin/setsid"));
    executors.add(executor);
    return executor;
  }

  LocalProgramExecutor executor() throws IOException {
    return executor(TestConfig.allowing("sh=/bin/sh", "env", "printf", "grep"));
  }

  Path directory(String name) throws IOException {
    return Files.createDirectories(data.resolve("steps").resolve(name));
  }

  RunningProgram start(LocalProgramExecutor executor, String name, String... arguments)
      throws IOException {
    return start(executor, Map.of(), name, arguments);
  }

  RunningProgram start(
      LocalProgramExecutor executor, Map<String, String> more, String name, String... arguments)
      throws IOException {
    Program program = new Program(name, List.of(arguments), data, Map.of("FROM", "program"));
    RunningProgram running =
        executor.start(program, directory("step" + programs.size()), log, more);
    programs.add(running);
    return running;
  }

  /** A shell program, for what only a shell can show. */
  RunningProgram sh(LocalProgramExecutor executor, String script) throws IOException {
    return start(executor, "sh", "-c", script);
  }

  String output() throws IOException {
    return Files.exists(log) ? Files.readString(log) : "";
  }

  void awaitOutput(String text) {
    Awaitility.await().until(() -> output().contains(text));
  }

  static Optional<StepExit> end(CompletionStage<Optional<StepExit>> exit) throws Exception {
    return exit.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  static List<Long> group(RunningProgram program) throws IOException {
    return new ProcessTable(Path.of("/proc")).group(program.pid());
  }

  void close() throws IOException {
    for (RunningProgram program : programs) {
      for (long pid : group(program)) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
    executors.forEach(LocalProgramExecutor::deactivate);
    // A start that was given up may still be on its way to notice; the directory goes after it.
    Awaitility.await().until(() -> ProcessHandle.allProcesses().noneMatch(this::isStarting));
  }

  private boolean isStarting(ProcessHandle process) {
    String line = process.info().commandLine().orElse("");
    return line.contains("supervisor") && line.contains(data.toString());
  }
}
