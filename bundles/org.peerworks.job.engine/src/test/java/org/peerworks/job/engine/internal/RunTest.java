package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.JobType;
import org.peerworks.job.api.LogListener;
import org.peerworks.job.api.Program;

final class RunTest {

  @TempDir Path data;

  private static JobType program(List<String> lines, String... command) {
    return context -> {
      Program program =
          new Program(
              command[0],
              List.of(command).subList(1, command.length),
              context.workDirectory(),
              Map.of());
      int status =
          context
              .step(
                  "main",
                  program,
                  line -> {
                    lines.add(line);
                    context.log("seen " + line);
                  })
              .status();
      return status == 0
          ? JobResult.succeeded("{}", Map.of())
          : JobResult.failed("It ended with exit status " + status + ".", "{}", Map.of());
    };
  }

  @Test
  void aStepsLinesAreDeliveredWithoutThoseOfTheJobItself() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    try (Worker worker = new Worker(data).withPrograms()) {
      worker.with("p", program(lines, "printf", "a\\n50%%\\r100%%\\r\\nB\\303\\244r\\n\\nlast"));
      Job job = worker.awaitEnd(worker.submit("p").id());
      assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(lines).containsExactly("a", "50%", "100%", "Bär", "", "last");
      assertThat(Files.readString(data.resolve("jobs").resolve(job.id()).resolve("log")))
          .contains("seen Bär");
    }
  }

  @Test
  void theLogOfAProgramIsFollowedWhileItRuns() throws Exception {
    String script = "echo one; while [ ! -e go ]; do sleep 0.05; done; echo two";
    try (Worker worker = new Worker(data).withPrograms()) {
      worker.with("p", program(new CopyOnWriteArrayList<>(), "sh", "-c", script));
      String id = worker.submit("p").id();
      StringBuffer seen = new StringBuffer();
      CompletableFuture<Void> end = new CompletableFuture<>();
      worker
          .as(Worker.ANNA)
          .followLog(
              id,
              0,
              new LogListener() {
                @Override
                public CompletionStage<Void> onChunk(long offset, ByteBuffer chunk) {
                  seen.append(StandardCharsets.UTF_8.decode(chunk));
                  return CompletableFuture.completedFuture(null);
                }

                @Override
                public void onEnd() {
                  end.complete(null);
                }
              });
      Awaitility.await()
          .atMost(30, TimeUnit.SECONDS)
          .until(() -> seen.toString().contains("one\n"));
      assertThat(end).isNotDone();
      Files.createFile(data.resolve("jobs").resolve(id).resolve("work").resolve("go"));
      Worker.get(end);
      assertThat(seen.toString()).contains("one\n").contains("two\n");
    }
  }

  @Test
  void aStepWithoutAnExecutorFailsSayingWhatToStart() throws Exception {
    try (Worker worker = new Worker(data).with("p", program(new ArrayList<>(), "true"))) {
      Job job = worker.awaitEnd(worker.submit("p").id());
      assertThat(job.state()).isEqualTo(JobState.FAILED);
      assertThat(job.reason()).contains("'true'").contains("org.peerworks.job.process");
    }
  }

  @Test
  void cancelCompletesWhenTheProgramIsGone() throws Exception {
    try (Worker worker = new Worker(data).withPrograms()) {
      worker.with("p", program(new ArrayList<>(), "sleep", "600"));
      String id = worker.submit("p").id();
      Path pid = data.resolve("jobs").resolve(id).resolve("steps/main/pid");
      Awaitility.await().until(() -> Files.exists(pid) && Files.size(pid) > 0);
      Job job = Worker.get(worker.as(Worker.ANNA).cancel(id));
      assertThat(job.state()).isEqualTo(JobState.CANCELLED);
      assertThat(job.reason()).contains("anna@laptop");
      assertThat(isAlive(pid)).isFalse();
      assertThat(Worker.get(worker.as(Worker.ANNA).cancel(id))).isEqualTo(job);
    }
  }

  @Test
  void aJobThatRunsTooLongIsTimedOut() throws Exception {
    try (Worker worker = new Worker(data).withPrograms()) {
      worker.with("p", program(new ArrayList<>(), "sleep", "600"));
      String id = worker.submit(Worker.timeout("p", Duration.ofMillis(300))).id();
      Job job = worker.awaitEnd(id);
      assertThat(job.state()).isEqualTo(JobState.TIMED_OUT);
      assertThat(isAlive(data.resolve("jobs").resolve(id).resolve("steps/main/pid"))).isFalse();
    }
  }

  @Test
  void aLogThatGrowsTooLargeEndsItsJob() throws Exception {
    try (Worker worker = new Worker(data, Map.of("maxLogBytes", 100_000L)).withPrograms()) {
      worker.with("p", program(new ArrayList<>(), "yes"));
      Job job = worker.awaitEnd(worker.submit("p").id());
      assertThat(job.state()).isEqualTo(JobState.FAILED);
      assertThat(job.reason()).contains("100000 bytes");
    }
  }

  @Test
  void priorityComesFirstThenFirstCome() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    List<String> order = new CopyOnWriteArrayList<>();
    try (Worker worker = new Worker(data)) {
      worker.with(
          "p",
          context -> {
            hold.await();
            order.add(context.jobId());
            return JobResult.succeeded("{}", Map.of());
          });
      String first = worker.submit("p").id();
      worker.awaitRunning(first);
      String low = worker.submit(Worker.priority("p", 1)).id();
      String high = worker.submit(Worker.priority("p", 9)).id();
      String high2 = worker.submit(Worker.priority("p", 9)).id();
      assertThat(worker.job(high).queuePosition()).isEqualTo(1);
      assertThat(worker.job(high2).queuePosition()).isEqualTo(2);
      assertThat(worker.job(low).queuePosition()).isEqualTo(3);
      hold.countDown();
      worker.awaitEnd(low);
      assertThat(order).containsExactly(first, high, high2, low);
    }
  }

  @Test
  void codeThatDoesNotListenIsGivenUpAndItsSlotGoesOn() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (Worker worker = new Worker(data)) {
      worker.with(
          "deaf",
          context -> {
            while (end.getCount() > 0) {
              try {
                end.await();
              } catch (InterruptedException e) {
                continue; // deaf
              }
            }
            return JobResult.succeeded("{}", Map.of());
          });
      worker.with("done", Worker.NOTHING);
      String id = worker.submit("deaf").id();
      worker.awaitRunning(id);
      assertThat(Worker.get(worker.as(Worker.ANNA).cancel(id)).state())
          .isEqualTo(JobState.CANCELLED);
      assertThat(worker.awaitEnd(worker.submit("done").id()).state()).isEqualTo(JobState.SUCCEEDED);
      end.countDown();
    }
  }

  @Test
  void exceptionsAndErrorsOfAPluginFailTheJobWithTheirMessage() throws Exception {
    try (Worker worker = new Worker(data)) {
      worker.with(
          "broken",
          context -> {
            throw new NoClassDefFoundError("org/example/Gone");
          });
      Job job = worker.awaitEnd(worker.submit("broken").id());
      assertThat(job.state()).isEqualTo(JobState.FAILED);
      assertThat(job.reason()).isEqualTo("org/example/Gone");
    }
  }

  @Test
  void aStoppedTypeRefusesNewJobsAndKeepsTheOthersWaiting() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    JobType type =
        context -> {
          hold.await();
          return JobResult.succeeded("{}", Map.of());
        };
    try (Worker worker = new Worker(data)) {
      worker.with("t", type);
      String running = worker.submit("t").id();
      worker.awaitRunning(running);
      String waiting = worker.submit("t").id();
      worker.engine.removeType(type);
      assertThatThrownBy(() -> worker.submit("t")).hasMessageContaining("'t'");
      hold.countDown();
      assertThat(worker.awaitEnd(running).state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(worker.job(waiting).state()).isEqualTo(JobState.QUEUED);
      assertThat(worker.job(waiting).reason()).contains("'t' 1.0.0").contains("stopped");
      worker.with("t", "2.0.0", ParameterSchema.ANY, Worker.NOTHING);
      assertThat(worker.submit("t").typeVersion()).isEqualTo("2.0.0");
      worker.with("t", type);
      assertThat(worker.awaitEnd(waiting).typeVersion()).isEqualTo("1.0.0");
    }
  }

  @Test
  void outputsAreHashedConfinedAndReadableFromAnOffset() throws Exception {
    Path secret = Files.writeString(data.resolve("secret"), "s");
    try (Worker worker = new Worker(data.resolve("w"))) {
      worker.with(
          "out",
          context -> {
            Path file = Files.writeString(context.outputDirectory().resolve("f"), "hello");
            return JobResult.succeeded("{}", Map.of("result.txt", file));
          });
      worker.with(
          "escape",
          context -> {
            Path link = context.outputDirectory().resolve("l");
            Files.createSymbolicLink(link, secret);
            return JobResult.succeeded("{}", Map.of("l", link));
          });
      Job job = worker.awaitEnd(worker.submit("out").id());
      assertThat(job.outputs()).hasSize(1);
      assertThat(job.outputs().get(0).sha256())
          .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
      try (var in = Worker.get(worker.as(Worker.ANNA).openOutput(job.id(), "result.txt", 2))) {
        assertThat(Channels.newInputStream(in).readAllBytes()).isEqualTo("llo".getBytes());
      }
      Job bad = worker.awaitEnd(worker.submit("escape").id());
      assertThat(bad.state()).isEqualTo(JobState.FAILED);
      assertThat(bad.reason()).contains("'l'").contains("outside");
      assertThat(bad.outputs()).isEmpty();
    }
  }

  @Test
  void strangersSeeTheQueueOnly() throws Exception {
    try (Worker worker = new Worker(data)) {
      worker.with("t", c -> JobResult.failed("My secret.", "{\"a\":1}", Map.of()));
      Job mine = worker.awaitEnd(worker.submit(Worker.request("t", "{\"p\":1}")).id());
      Job seen = Worker.get(worker.as(Worker.BERT).get(mine.id()));
      assertThat(mine.reason()).isEqualTo("My secret.");
      assertThat(seen.reason()).isEmpty();
      assertThat(seen.parameters()).isEqualTo("{}");
      assertThat(seen.document()).isEmpty();
      assertThat(seen.ownerName()).isEqualTo("anna@laptop");
      assertThatThrownBy(() -> Worker.get(worker.as(Worker.BERT).cancel(mine.id())))
          .extracting(e -> ((JobException) e).code())
          .isEqualTo(JobException.Code.FORBIDDEN);
      assertThatThrownBy(() -> Worker.get(worker.as(Worker.BERT).openOutput(mine.id(), "x", 0)))
          .extracting(e -> ((JobException) e).code())
          .isEqualTo(JobException.Code.FORBIDDEN);
      assertThat(Worker.get(worker.as(Caller.console()).get(mine.id()))).isEqualTo(mine);
    }
  }

  private static boolean isAlive(Path pid) throws Exception {
    return ProcessHandle.of(Long.parseLong(Files.readString(pid)))
        .map(ProcessHandle::isAlive)
        .orElse(false);
  }
}
