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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.peerworks.job.api.Program;
import org.peerworks.job.api.ProgramExecutor;
import org.peerworks.job.api.RunningProgram;
import org.peerworks.job.api.StepExit;

/**
 * Runs programs that outlive the JVM, in a session of their own, and keep how they ended. Of two
 * starts of one step, one by a worker that was killed meanwhile, only one runs its program.
 */
final class KeptPrograms implements ProgramExecutor {

  private static final String KEEPER =
      "step=$0; echo $$ > $step/pid.$$; ln $step/pid.$$ $step/pid 2> /dev/null || exit 1; \"$@\";"
          + " echo $? > $step/exit.new; mv $step/exit.new $step/exit";

  @Override
  public RunningProgram start(
      Program program, Path stepDirectory, Path log, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", KEEPER));
    command.add(stepDirectory.toString());
    command.add(program.name());
    command.addAll(program.arguments());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(program.workingDirectory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    builder.start();
    while (!Files.exists(stepDirectory.resolve("pid"))) {
      Thread.onSpinWait();
    }
    return find(stepDirectory).orElseThrow();
  }

  @Override
  public Optional<RunningProgram> find(Path stepDirectory) throws IOException {
    Path pid = stepDirectory.resolve("pid");
    return Files.exists(pid)
        ? Optional.of(
            new Kept(
                stepDirectory, Long.parseLong(Files.readString(pid).strip()), exit(stepDirectory)))
        : Optional.empty();
  }

  private static CompletableFuture<Optional<StepExit>> exit(Path step) {
    Path file = step.resolve("exit");
    CompletableFuture<Optional<StepExit>> exit = new CompletableFuture<>();
    Thread watch =
        new Thread(
            () -> {
              try {
                while (!Files.exists(file)) {
                  TimeUnit.MILLISECONDS.sleep(2);
                }
                int status = Integer.parseInt(Files.readString(file).strip());
                exit.complete(Optional.of(new StepExit(status)));
              } catch (IOException | InterruptedException e) {
                exit.completeExceptionally(e);
              }
            },
            "kept-program");
    watch.setDaemon(true);
    watch.start();
    return exit;
  }

  @Override
  public Optional<String> describe(String programName) {
    return Optional.of(programName);
  }

  private record Kept(Path step, long pid, CompletableFuture<Optional<StepExit>> exit)
      implements RunningProgram {

    @Override
    public void interrupt() {
      kill("INT");
    }

    @Override
    public CompletionStage<Optional<StepExit>> stop(Duration grace) {
      kill("KILL");
      try {
        Files.writeString(step.resolve("exit"), "137");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return exit;
    }

    private void kill(String signal) {
      try {
        new ProcessBuilder("kill", "-s", signal, "--", "-" + pid).start().waitFor();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
