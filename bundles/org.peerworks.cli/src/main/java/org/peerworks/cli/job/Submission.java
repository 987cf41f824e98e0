package org.peerworks.cli.job;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.connect.Stages;
import org.peerworks.cli.terminal.Console;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.TransferListener;

/** One job on its way to the worker, until it is known whether the worker took it. */
final class Submission {

  private static final String MAYBE =
      "The worker may have taken the job. See with 'job list --mine', end it with 'job cancel'.";

  private final Connection connection;
  private final Console console;
  private final Duration patience;
  private final Handover handover;
  private final CompletableFuture<Job> answer;

  /**
   * Begins to hand in a job.
   *
   * @param patience how long an answer is waited for after an interrupt
   */
  Submission(
      Connection connection,
      Console console,
      JobRequest request,
      TransferListener progress,
      Duration patience) {
    this.connection = connection;
    this.console = console;
    this.patience = patience;
    this.handover = new Handover(request.inputs().size(), progress);
    this.answer = connection.jobs().submit(request, handover).toCompletableFuture();
  }

  /**
   * Waits for the worker's answer.
   *
   * @throws InterruptedException if this thread was interrupted; the submission goes on, {@link
   *     #settle()} ends it
   */
  Job await() throws InterruptedException {
    try {
      return connection.await(answer.copy());
    } catch (JobException | CommandFailure e) {
      if (isLost(e) && !handover.underWay()) {
        console.warn(MAYBE);
      }
      throw e;
    }
  }

  /**
   * Finds out, after an interrupt, what became of the job, and tells if there is none.
   *
   * @return the job that the worker took; empty if there is none, or nobody knows
   */
  Optional<Job> settle() throws InterruptedException {
    if (!handover.underWay() && !answer.isDone()) {
      console.warn("Asking whether the worker took the job; press Ctrl-C again to leave at once.");
      awaitNews();
    }
    if (answer.isDone() && !answer.isCompletedExceptionally()) {
      return Optional.of(answer.join());
    }
    if (handover.underWay()) {
      connection.close();
    }
    // What was the last file's end just now has been heard of before anything could follow it.
    if (handover.underWay()) {
      tell("Interrupted while sending; there is no job.");
    } else if (refused()) {
      tell("Interrupted; the worker did not take the job.");
    } else {
      tell("Interrupted. " + MAYBE);
    }
    return Optional.empty();
  }

  private void awaitNews() throws InterruptedException {
    CompletableFuture<Object> news =
        CompletableFuture.anyOf(answer, handover.untilUnderWay().toCompletableFuture());
    try {
      connection.await(
          news.copy().completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (JobException | CommandFailure e) {
      console.warn(e.getMessage());
    } catch (InterruptedException e) {
      tell("Interrupted. " + MAYBE);
      throw e;
    }
  }

  private void tell(String message) {
    console.warn(message);
    console.event("error", "message", message, "exit", ExitStatus.INTERRUPTED);
  }

  private boolean refused() {
    try {
      answer.getNow(null);
      return false;
    } catch (CompletionException e) {
      return !isLost(Stages.unwrapped(e));
    }
  }

  private boolean isLost(RuntimeException failure) {
    return connection.isLost()
        || failure instanceof CommandFailure
        || failure instanceof JobException refusal
            && refusal.code() == JobException.Code.UNAVAILABLE;
  }
}
