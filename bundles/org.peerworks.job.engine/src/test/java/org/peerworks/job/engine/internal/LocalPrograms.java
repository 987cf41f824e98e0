package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.peerworks.job.api.Program;
import org.peerworks.job.api.ProgramExecutor;
import org.peerworks.job.api.RunningProgram;
import org.peerworks.job.api.StepExit;

/** Runs real programs, found again by their process id. */
final class LocalPrograms implements ProgramExecutor {

  @Override
  public RunningProgram start(
      Program program, Path stepDirectory, Path log, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(program.name()));
    command.addAll(program.arguments());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(program.workingDirectory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    Files.writeString(stepDirectory.resolve("pid"), Long.toString(process.pid()));
    return new Running(
        process.toHandle(),
        process.onExit().thenApply(p -> Optional.of(new StepExit(p.exitValue()))));
  }

  @Override
  public Optional<RunningProgram> find(Path stepDirectory) throws IOException {
    Path pid = stepDirectory.resolve("pid");
    if (!Files.exists(pid)) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(Files.readString(pid)))
        .map(handle -> new Running(handle, handle.onExit().thenApply(h -> Optional.empty())));
  }

  @Override
  public Optional<String> describe(String programName) {
    return Optional.of(programName);
  }

  private record Running(ProcessHandle handle, CompletionStage<Optional<StepExit>> exit)
      implements RunningProgram {

    @Override
    public long pid() {
      return handle.pid();
    }

    @Override
    public void interrupt() {
      try {
        new ProcessBuilder("kill", "-s", "INT", Long.toString(pid())).start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public CompletionStage<Optional<StepExit>> stop(Duration grace) {
      handle.destroy();
      exit.toCompletableFuture()
          .copy()
          .orTimeout(grace.toMillis(), TimeUnit.MILLISECONDS)
          .whenComplete((done, late) -> handle.destroyForcibly());
      return exit;
    }
  }
}
