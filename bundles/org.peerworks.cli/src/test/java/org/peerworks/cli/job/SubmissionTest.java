package org.peerworks.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.peerworks.cli.connect.ConnectionAccess;
import org.peerworks.cli.terminal.Console;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.TransferListener;

final class SubmissionTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CompletableFuture<Job> answer = new CompletableFuture<>();

  @Test
  void anAnswerThatNeverComesIsNotWaitedForWithoutEnd() throws InterruptedException {
    Submission submission = submission(Duration.ofMillis(20));

    assertThat(submission.settle()).isEmpty();

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("Asking whether the worker took the job")
        .contains("may have taken the job")
        .contains("'job list --mine'");
  }

  @Test
  void anInterruptLeavesTheSubmissionOnItsWay() {
    Submission submission = submission(Duration.ofSeconds(20));
    Thread.currentThread().interrupt();

    assertThatThrownBy(submission::await).isInstanceOf(InterruptedException.class);

    assertThat(answer).isNotDone();
  }

  private Submission submission(Duration patience) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Console console =
        Console.on(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new ByteArrayInputStream(new byte[0]),
            false,
            false,
            80);
    JobRequest request = new JobRequest("toy", "{}", Map.of(), 5, "key", Duration.ZERO);
    return new Submission(
        ConnectionAccess.answering(answer), console, request, TransferListener.NONE, patience);
  }
}
