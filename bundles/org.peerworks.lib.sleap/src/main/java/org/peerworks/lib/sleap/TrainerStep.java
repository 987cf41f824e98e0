package org.peerworks.lib.sleap;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.peerworks.job.api.JobContext;
import org.peerworks.job.api.Program;
import org.peerworks.job.api.StepExit;

/** Runs the trainer as steps of a job, and keeps what it said about its end. */
public final class TrainerStep {

  /** Name of the trainer's program on every worker. */
  public static final String PROGRAM = "sleap-nn";

  /** A trainer without a terminal: unbuffered UTF-8 output, and no reports to third parties. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PYTHONUNBUFFERED", "1", "PYTHONUTF8", "1", "WANDB_MODE", "disabled");

  /**
   * Tells the trainer where videos may lie beside those that were sent: the worker's mounts, with
   * the system's path separator between them.
   */
  private static final String MOUNTS = "PEERWORKS_MOUNTS";

  private final JobContext context;
  private final WorkerPaths paths;

  public TrainerStep(JobContext context, WorkerPaths paths) {
    this.context = context;
    this.paths = paths;
  }

  /**
   * Runs the trainer, or finds how it went when this job ran before. Blocks.
   *
   * @param name of the step
   * @param arguments of the trainer
   * @param lines receives its output line by line, freed from terminal sequences
   * @throws IOException the program cannot be started; the message says why
   */
  public StepOutcome run(
      String name, List<String> arguments, Path workingDirectory, Consumer<String> lines)
      throws IOException {
    Path file = StepRecord.file(context.workDirectory(), name);
    boolean before = Files.exists(file);
    StepRecord record = before ? StepRecord.read(file) : start(file);
    long startedNanos = System.nanoTime();
    ErrorLines errors = new ErrorLines();
    StepExit exit =
        context.step(
            name,
            new Program(PROGRAM, arguments, workingDirectory, environment()),
            line -> {
              String plain = TerminalText.plain(line);
              errors.accept(plain);
              lines.accept(plain);
            });
    if (!record.ended()) {
      record =
          new StepRecord(
              record.started(),
              before ? since(record.started()) : (System.nanoTime() - startedNanos) / 1e9,
              errors.error(),
              errors.lastLine());
      record.write(file);
    }
    return new StepOutcome(exit, record.seconds(), record.error(), record.lastLine());
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.put(
        MOUNTS,
        paths.roots().stream()
            .filter(root -> !root.contains(File.pathSeparator))
            .collect(Collectors.joining(File.pathSeparator)));
    return environment;
  }

  /** Over a restart of the worker only the clock knows, as good as it is. */
  private static double since(Instant started) {
    return Math.max(0, Duration.between(started, Instant.now()).toMillis() / 1000.0);
  }

  /** Whether a step was started, now or when this job ran before. */
  public boolean wasStarted(String name) {
    return Files.exists(StepRecord.file(context.workDirectory(), name));
  }

  private static StepRecord start(Path file) throws IOException {
    StepRecord record = StepRecord.startedAt(Instant.now());
    record.write(file);
    return record;
  }
}
