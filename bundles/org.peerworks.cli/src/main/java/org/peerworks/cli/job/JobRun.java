package org.peerworks.cli.job;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.monitor.JobWatch;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.Units;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.JobState;

/** One job from its submission to its results. */
public final class JobRun {

  /** How long a worker's answer to a submit is waited for once it is not wanted any more. */
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final Connection connection;
  private final Console console;
  private final JobWatch watch;
  private final JobFollower follower;

  public JobRun(Connection connection, Console console) {
    this(connection, console, JobWatch.NONE);
  }

  /**
   * @param watch hears of the job too
   */
  public JobRun(Connection connection, Console console, JobWatch watch) {
    this.connection = connection;
    this.console = console;
    this.watch = watch;
    this.follower = new JobFollower(connection, console, watch);
  }

  /**
   * Hands in a job, follows it and fetches its results. An interrupt cancels the job.
   *
   * @param bytes size of all inputs
   * @return exit status of the program
   */
  public int submit(JobRequest request, long bytes, Results results)
      throws IOException, InterruptedException {
    TransferProgress progress =
        new TransferProgress(console, "upload", "Sending", bytes, System::nanoTime);
    if (bytes > 0) {
      watch.say(
          "Sending " + Units.bytes(bytes) + " to worker '" + connection.workerName() + "' ...");
    }
    Submission submission = new Submission(connection, console, request, progress, ANSWER);
    Job job;
    try {
      job = submission.await();
    } catch (InterruptedException e) {
      console.endStatus();
      Optional<Job> taken = submission.settle();
      return taken.isPresent() ? cancel(taken.get().id()) : ExitStatus.INTERRUPTED;
    }
    console.endStatus();
    if (bytes > 0) {
      console.say("Sent " + progress.summary() + ".");
    }
    console.say(
        "Job "
            + job.id()
            + " was accepted. "
            + (connection.canComeBack()
                ? "To come back to it: job attach " + job.id() + ", with the same worker."
                : "Stay connected: this worker cannot be asked for it later."));
    watch.accepted(connection, job.id());
    console.event("submitted", "job", JobJson.of(job));
    Job ended;
    try {
      ended = follower.follow(job.id());
    } catch (InterruptedException e) {
      return cancel(job.id());
    } catch (CommandFailure e) {
      console.say("Job " + job.id() + " may go on without us.");
      throw e;
    }
    return finish(ended, results);
  }

  /**
   * Follows a job and fetches its results. An interrupt leaves the job alone.
   *
   * @return exit status of the program
   */
  public int attach(String id, Results results) throws IOException, InterruptedException {
    Job job = connection.await(connection.jobs().get(id));
    console.event("attached", "job", JobJson.of(job));
    try {
      return finish(follower.follow(job.id()), results);
    } catch (InterruptedException e) {
      console.say("Left job " + id + " alone; it goes on.");
      throw e;
    }
  }

  private int cancel(String id) throws InterruptedException {
    watch.say("Cancelling the job ...");
    console.warn("Cancelling job " + id + "; press Ctrl-C again to leave at once.");
    Job job;
    try {
      job = connection.await(connection.jobs().cancel(id));
    } catch (CommandFailure e) {
      console.warn("Job " + id + " may go on without us.");
      throw e;
    }
    console.warn(
        job.state() == JobState.CANCELLED
            ? "Job " + id + " is cancelled."
            : "Job " + id + " had ended before: " + job.state() + ".");
    console.event("ended", "job", JobJson.of(job), "saved", List.of());
    return ExitStatus.INTERRUPTED;
  }

  private int finish(Job job, Results results) throws IOException, InterruptedException {
    watch.ended(job);
    boolean succeeded = job.state() == JobState.SUCCEEDED;
    List<Path> saved;
    try {
      saved = results.fetch(job);
    } catch (InterruptedException e) {
      console.warn("Job " + job.id() + " is " + job.state() + "; its results are at the worker.");
      throw e;
    } catch (IOException | CommandFailure e) {
      if (succeeded) {
        throw e;
      }
      console.warn("What the job left could not be fetched: " + e.getMessage());
      saved = List.of();
    }
    console.event(
        "ended", "job", JobJson.of(job), "saved", saved.stream().map(Path::toString).toList());
    if (succeeded) {
      console.say("Job " + job.id() + " succeeded" + time(job) + ".");
      return ExitStatus.SUCCESS;
    }
    String reason = job.reason().isBlank() ? "no reason was given" : job.reason();
    console.warn("Job " + job.id() + " ended " + job.state() + ": " + reason);
    return job.state() == JobState.CANCELLED ? ExitStatus.INTERRUPTED : ExitStatus.FAILED;
  }

  private static String time(Job job) {
    if (job.started().isEmpty() || job.ended().isEmpty()) {
      return "";
    }
    Duration ran = Duration.between(job.started().get(), job.ended().get());
    return " in " + Units.time(ran.toMillis() / 1000.0);
  }
}
