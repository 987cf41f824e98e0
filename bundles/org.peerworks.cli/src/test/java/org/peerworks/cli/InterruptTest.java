package org.peerworks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobState;

/** Ctrl-C between the first byte and the worker's answer. */
final class InterruptTest {

  private final CompletableFuture<Void> gate = new CompletableFuture<>();
  private final CompletableFuture<Integer> status = new CompletableFuture<>();

  @TempDir Path here;
  private MemoryLab lab;

  @BeforeEach
  void open() throws IOException {
    lab = new MemoryLab(here);
    Files.write(here.resolve("package.zip"), Zips.of("train-script.sh", "sleap-nn train"));
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void aJobWhoseAnswerIsUnderwayIsCancelledWhenItComes() {
    Thread command = interruptedBeforeTheAnswer();

    gate.complete(null);

    assertThat(end(command)).isEqualTo(ExitStatus.INTERRUPTED);
    assertThat(lab.err()).contains("is cancelled").doesNotContain("no job");
    assertThat(onlyJob()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void aRefusalThatComesAfterwardsMeansThatThereIsNoJob() {
    Thread command = interruptedBeforeTheAnswer();

    gate.completeExceptionally(
        new JobException(JobException.Code.LIMIT, "You have too many jobs."));

    assertThat(end(command)).isEqualTo(ExitStatus.INTERRUPTED);
    assertThat(lab.err()).contains("You have too many jobs.").contains("did not take the job");
  }

  @Test
  void withoutAnAnswerNobodyKnows() {
    Thread command = interruptedBeforeTheAnswer();

    lab.lost.complete("The worker has gone.");

    assertThat(end(command)).isEqualTo(ExitStatus.INTERRUPTED);
    assertThat(lab.err()).contains("may have taken the job").contains("job list");
  }

  @Test
  void aSecondInterruptDoesNotWait() {
    Thread command = interruptedBeforeTheAnswer();

    command.interrupt();

    assertThat(end(command)).isEqualTo(ExitStatus.INTERRUPTED);
    assertThat(lab.err()).contains("may have taken the job").contains("job list");
  }

  @Test
  void anInterruptWhileFilesAreSentLeavesNoJob() {
    lab.jobs.halfSent = gate;
    Thread command = start();
    await().until(() -> lab.out().contains("Sending 0 %"));

    command.interrupt();

    assertThat(end(command)).isEqualTo(ExitStatus.INTERRUPTED);
    assertThat(lab.err()).contains("there is no job");
    assertThat(lab.jobs.entries).isEmpty();
    assertThat(lab.open).isEmpty();
  }

  @Test
  void aConnectionLostBeforeTheAnswerMayHaveLeftAJob() {
    lab.jobs.answers = gate;
    Thread command = start();
    await().until(() -> !lab.jobs.entries.isEmpty());

    lab.lost.complete("The worker has gone.");

    assertThat(end(command)).isEqualTo(ExitStatus.NO_CONNECTION);
    assertThat(lab.err()).contains("may have taken the job");
  }

  private Thread interruptedBeforeTheAnswer() {
    lab.jobs.answers = gate;
    Thread command = start();
    await().until(() -> !lab.jobs.entries.isEmpty());
    command.interrupt();
    await().until(() -> lab.err().contains("Asking whether the worker took the job"));
    return command;
  }

  private Thread start() {
    Thread command =
        new Thread(
            () ->
                status.complete(
                    lab.run("client-train", "-s", MemoryLab.SESSION, "-p", "package.zip")),
            "command");
    command.start();
    return command;
  }

  private int end(Thread command) {
    await().until(() -> !command.isAlive());
    return status.join();
  }

  private JobState onlyJob() {
    return lab.jobs.entries.values().iterator().next().job().state();
  }
}
