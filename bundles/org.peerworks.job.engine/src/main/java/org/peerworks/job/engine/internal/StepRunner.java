package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.JobStopped;
import org.peerworks.job.api.Program;
import org.peerworks.job.api.ProgramExecutor;
import org.peerworks.job.api.RunningProgram;
import org.peerworks.job.api.StepExit;

/**
 * Runs the steps of one job, one after the other, and ends their programs when the job must end.
 */
final class StepRunner {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

  /** A program writes to the log by itself: how soon to look again, at first and at most. */
  private static final long FIRST_LOOK_MILLIS = 2;

  private static final long LAST_LOOK_MILLIS = 50;
  private static final Duration HURRY = Duration.ofSeconds(1);

  private final RunFolder folder;
  private final JobLog log;
  private final StopSignal stop;
  private final Map<String, String> environment;
  private final Supplier<Optional<ProgramExecutor>> executor;
  private final Duration grace;
  private final long maxLogBytes;
  private volatile boolean busy;

  StepRunner(
      RunFolder folder,
      JobLog log,
      StopSignal stop,
      Map<String, String> environment,
      Supplier<Optional<ProgramExecutor>> executor,
      Config config) {
    this.folder = folder;
    this.log = log;
    this.stop = stop;
    this.environment = environment;
    this.executor = executor;
    this.grace = Duration.ofSeconds(config.stopGraceSeconds());
    this.maxLogBytes = config.maxLogBytes();
  }

  /** Whether a program runs, or is being ended. */
  boolean isBusy() {
    return busy;
  }

  synchronized StepExit run(String name, Program program, Consumer<String> lines)
      throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A step's name has 1 to 64 letters, digits and '. _ -', but was '" + name + "'.");
    }
    stop.check();
    ProgramExecutor programs =
        executor
            .get()
            .orElseThrow(
                () ->
                    new IOException(
                        "This worker cannot run the program '"
                            + program.name()
                            + "': no program executor is running. Start the bundle"
                            + " 'org.peerworks.job.process'."));
    busy = true;
    try {
      Path directory = folder.steps();
      Path step = directory.resolve(name);
      Path start = directory.resolve(name + ".start");
      Optional<RunningProgram> before =
          Files.isDirectory(step) ? programs.find(step) : Optional.empty();
      if (before.isPresent()) {
        return follow(before.get(), Long.parseLong(Files.readString(start)), lines);
      }
      Files.createDirectories(step);
      long offset = log.size();
      Files.writeString(start, Long.toString(offset), StandardCharsets.US_ASCII);
      return follow(programs.start(program, step, log.file(), environment), offset, lines);
    } finally {
      busy = false;
    }
  }

  private StepExit follow(RunningProgram program, long offset, Consumer<String> lines)
      throws IOException {
    CompletableFuture<Optional<StepExit>> exit = program.exit().toCompletableFuture();
    CompletableFuture<Object> either = CompletableFuture.anyOf(exit, stop.whenRequested());
    LineSplitter splitter = new LineSplitter(lines);
    boolean gone = false;
    long look = FIRST_LOOK_MILLIS;
    try (JobLog.Tail tail = log.tail(offset)) {
      while (!exit.isDone()) {
        if (stop.requested().isPresent()) {
          program.stop(graceNow()).toCompletableFuture().join();
          gone = true;
          drain(tail, splitter);
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
      drain(tail, splitter);
    } finally {
      if (!gone) {
        program.stop(graceNow()).toCompletableFuture().join();
      }
    }
    stop.check();
    return exit.join()
        .orElseThrow(
            () -> {
              stop.request(
                  new Stop(
                      JobState.LOST,
                      "Its program (process " + program.pid() + ") vanished without a trace.",
                      false));
              return new JobStopped("The program vanished.");
            });
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
    boolean hurry = stop.requested().map(Stop::hurry).orElse(false);
    return hurry && grace.compareTo(HURRY) > 0 ? HURRY : grace;
  }

  private void await(CompletableFuture<Object> either, long millis) {
    try {
      either.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return; // looks at the log again
    } catch (InterruptedException e) {
      stop.request(Stop.failed("It was interrupted."));
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("A program's exit failed.", e);
    }
  }
}
