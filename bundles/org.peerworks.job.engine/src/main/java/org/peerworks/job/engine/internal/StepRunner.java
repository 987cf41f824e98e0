package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.JobStopped;
import org.peerworks.job.api.Program;
import org.peerworks.job.api.ProgramExecutor;
import org.peerworks.job.api.RunningProgram;
import org.peerworks.job.api.Slot;
import org.peerworks.job.api.StepExit;

/**
 * Runs the steps of one job, one after the other, and ends their programs when the job must end.
 */
final class StepRunner {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

  /** A program writes to the log by itself: how soon to look again, at first and at most. */
  private static final long FIRST_LOOK_MILLIS = 2;

  private static final long LAST_LOOK_MILLIS = 50;
  private static final long LONG_LOOK_MILLIS = 1000;
  private static final Duration HURRY = Duration.ofSeconds(1);

  private final RunFolder folder;
  private final JobLog log;
  private final StopSignal stop;
  private final Slot slot;
  private final Supplier<Optional<ProgramExecutor>> executor;
  private final CompletableFuture<Void> executorCame;
  private final Duration grace;
  private final long maxLogBytes;
  private final Consumer<Path> orphaned;
  private final BooleanSupplier goesOn;
  private ProgramExecutor used;
  private volatile RunningProgram current;
  private volatile boolean busy;
  private volatile boolean left;

  /**
   * @param orphaned told of a step whose program cannot be ended now
   * @param goesOn whether what interrupts the job does not end it, so that its program is left
   *     alone
   */
  StepRunner(
      RunFolder folder,
      JobLog log,
      StopSignal stop,
      Slot slot,
      Supplier<Optional<ProgramExecutor>> executor,
      CompletableFuture<Void> executorCame,
      Consumer<Path> orphaned,
      BooleanSupplier goesOn,
      Config config) {
    this.folder = folder;
    this.log = log;
    this.stop = stop;
    this.slot = slot;
    this.executor = executor;
    this.executorCame = executorCame;
    this.orphaned = orphaned;
    this.goesOn = goesOn;
    this.grace = Duration.ofSeconds(config.stopGraceSeconds());
    this.maxLogBytes = config.maxLogBytes();
  }

  /** Whether a program runs, or is being ended. */
  boolean isBusy() {
    return busy;
  }

  /** Whether a program was left to run, for the worker stops and nobody is there to end it. */
  boolean hasLeftProgram() {
    return left;
  }

  /**
   * Sends the program that runs SIGINT.
   *
   * @return false if none runs
   */
  boolean interrupt() {
    RunningProgram program = current;
    if (program == null || stop.requested().isPresent()) {
      return false;
    }
    program.interrupt();
    return true;
  }

  synchronized StepExit run(String name, Program program, Consumer<String> lines)
      throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A step's name has 1 to 64 letters, digits and '. _ -', but was '" + name + "'.");
    }
    busy = true; // before the look whether it is to end: who asks it to finds one or the other
    try {
      stop.check();
      return start(name, program, lines);
    } finally {
      current = null;
      busy = left;
    }
  }

  private StepExit start(String name, Program program, Consumer<String> lines) throws IOException {
    awaitExecutor();
    used =
        executor
            .get()
            .orElseThrow(
                () ->
                    new IOException(
                        "This worker cannot run the program '"
                            + program.name()
                            + "': no program executor is running. Start the bundle"
                            + " 'org.peerworks.job.process'."));
    Path step = folder.steps().resolve(name);
    StepSpan span = new StepSpan(step);
    Optional<RunningProgram> before = Files.isDirectory(step) ? used.find(step) : Optional.empty();
    if (before.isPresent()) {
      return follow(before.get(), step, span, lines);
    }
    Files.createDirectories(step);
    span.begins(log.size());
    folder.keepSlot(slot);
    Map<String, String> environment = SlotPool.environment(List.of(slot));
    return follow(used.start(program, step, log.file(), environment), step, span, lines);
  }

  /** When a worker has just started, its executor may be yet to come. */
  private void awaitExecutor() {
    CompletableFuture<Object> either = CompletableFuture.anyOf(executorCame, stop.whenRequested());
    while (!either.isDone()) {
      await(either, LONG_LOOK_MILLIS);
    }
    stop.check();
  }

  /** Follows a program to its end, whatever becomes of the executor that started it. */
  private StepExit follow(RunningProgram first, Path step, StepSpan span, Consumer<String> lines)
      throws IOException {
    LineSplitter splitter = new LineSplitter(lines);
    RunningProgram program = first;
    try (JobLog.Tail tail = log.tail(span.start(), span.end())) {
      while (true) {
        try {
          current = program;
          Optional<StepExit> exit = awaitEnd(program, step, tail, splitter);
          span.ends(tail.offset());
          long pid = program.pid();
          return exit.orElseThrow(() -> vanished(pid));
        } catch (ExecutorGone e) {
          program = again(step, e);
        }
      }
    }
  }

  private Optional<StepExit> awaitEnd(
      RunningProgram program, Path step, JobLog.Tail tail, LineSplitter splitter)
      throws IOException {
    CompletableFuture<Optional<StepExit>> exit = program.exit().toCompletableFuture();
    CompletableFuture<Object> either = CompletableFuture.anyOf(exit, stop.whenRequested());
    boolean gone = false;
    long look = FIRST_LOOK_MILLIS;
    try {
      while (!exit.isDone()) {
        if (stop.requested().isPresent()) {
          gone = true;
          if (stop.requested().get().isPause()) {
            left = true;
          } else {
            end(program);
            drain(tail, splitter);
          }
          stop.check();
        }
        if (tail.read(splitter::add)) {
          look = FIRST_LOOK_MILLIS;
        } else {
          await(either, look);
          look = Math.min(2 * look, LAST_LOOK_MILLIS);
        }
        checkLogSize();
      }
      gone = true;
      Optional<StepExit> found = join(exit);
      drain(tail, splitter);
      stop.check();
      return found;
    } finally {
      if (!gone && goesOn.getAsBoolean()) {
        left = true;
      } else if (!gone) {
        endAfterFailure(program, step);
      }
    }
  }

  /** Ends a program; a worker that is to stop has no time for a grace that is under way. */
  private void end(RunningProgram program) throws ExecutorGone {
    CompletableFuture<?> ended = program.stop(graceNow()).toCompletableFuture();
    stop.whenHurried()
        .thenRun(
            () -> {
              if (!ended.isDone()) {
                program.stop(shorter(HURRY));
              }
            });
    join(ended);
  }

  private void endAfterFailure(RunningProgram program, Path step) {
    try {
      end(program);
    } catch (ExecutorGone e) {
      orphaned.accept(step);
    }
  }

  /** Its executor went away: waits for the next one, and finds the program by it. */
  private RunningProgram again(Path step, ExecutorGone why) throws IOException {
    CompletableFuture<Void> hurried = stop.whenHurried();
    long asked = 0;
    while (true) {
      Optional<ProgramExecutor> next = executor.get().filter(e -> e != used);
      if (next.isPresent()) {
        used = next.get();
        return used.find(step).orElseThrow(() -> why);
      }
      if (hurried.isDone()) {
        left = true;
        stop.check();
      }
      if (stop.requested().isPresent()) {
        asked = asked == 0 ? System.nanoTime() : asked;
        if (System.nanoTime() - asked > grace.toNanos()) {
          orphaned.accept(step);
          stop.check();
        }
      }
      await(hurried, LAST_LOOK_MILLIS);
    }
  }

  private JobStopped vanished(long pid) {
    stop.request(
        new Stop(
            JobState.LOST, "Its program (process " + pid + ") vanished without a trace.", false));
    return new JobStopped("The program vanished.");
  }

  private static <T> T join(CompletableFuture<T> future) throws ExecutorGone {
    try {
      return future.join();
    } catch (CompletionException | CancellationException e) {
      throw new ExecutorGone(e);
    }
  }

  /** The executor can tell nothing more of a program, which may run on. */
  private static final class ExecutorGone extends IOException {
    private static final long serialVersionUID = 1L;

    ExecutorGone(Throwable cause) {
      super("The program cannot be found again, for its executor went away.", cause);
    }
  }

  private void drain(JobLog.Tail tail, LineSplitter splitter) throws IOException {
    // Of a log that is beyond its limit nobody needs the rest.
    while (log.size() <= maxLogBytes && tail.read(splitter::add)) {
      checkLogSize();
    }
    splitter.end();
  }

  private void checkLogSize() throws IOException {
    if (log.size() > maxLogBytes) {
      stop.request(Stop.failed("Its log grew beyond the limit of " + maxLogBytes + " bytes."));
    }
  }

  private Duration graceNow() {
    boolean hurry = stop.whenHurried().isDone();
    return hurry ? shorter(HURRY) : grace;
  }

  private Duration shorter(Duration other) {
    return grace.compareTo(other) > 0 ? other : grace;
  }

  private void await(CompletableFuture<?> either, long millis) {
    try {
      either.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return; // looks at the log again
    } catch (InterruptedException e) {
      stop.request(Stop.failed("It was interrupted."));
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      return; // who waits looks at it
    }
  }
}
