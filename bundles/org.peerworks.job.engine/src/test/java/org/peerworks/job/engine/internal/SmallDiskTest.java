package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobContext;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.JobType;
import org.peerworks.job.api.LogListener;
import org.peerworks.job.api.Program;

/** A worker whose data directory lies on a real disk of 16 MiB that is filled to the last byte. */
final class SmallDiskTest {

  private static final Map<String, Object> NO_RESERVE = Map.of("cpuSlots", 2);
  private static final Map<String, Object> RESERVE =
      Map.of("cpuSlots", 2, "diskReserveBytes", 4L << 20, "maxLogBytes", 1L << 30);

  @TempDir Path disk;

  @Test
  void aFullDiskRefusesJobsAndKeepsThoseThereAre() throws Exception {
    Child.onSmallDisk(disk, "16m", SmallDiskTest.class, "keeps", disk.toString());
  }

  @Test
  void noJobIsStartedUntilThereIsRoom() throws Exception {
    Child.onSmallDisk(disk, "16m", SmallDiskTest.class, "holds", disk.toString());
  }

  @Test
  void theJobThatFillsTheDiskIsEndedAndNoOther() throws Exception {
    Child.onSmallDisk(disk, "16m", SmallDiskTest.class, "ends", disk.toString());
  }

  @Test
  void aProgramWhoseOutputFillsTheDiskIsEndedToo() throws Exception {
    Child.onSmallDisk(disk, "16m", SmallDiskTest.class, "ends-log", disk.toString());
  }

  @Test
  void aWorkerStartsOnAFullDiskOrSaysWhyNot() throws Exception {
    Child.onSmallDisk(disk, "16m", SmallDiskTest.class, "starts", disk.toString());
  }

  /** The child. */
  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "keeps" -> keeps(data);
      case "holds" -> holds(data);
      case "ends" -> ends(data, SmallDiskTest::write);
      case "ends-log" -> ends(data, SmallDiskTest::talk);
      case "starts" -> starts(data);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    System.exit(0);
  }

  private static void keeps(Path data) throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    try (Worker worker = new Worker(data, NO_RESERVE).with("hold", holding(hold))) {
      List<String> jobs = List.of(worker.submit("hold").id(), worker.submit("hold").id());
      for (String id : jobs) {
        Awaitility.await()
            .until(() -> Files.exists(data.resolve("jobs").resolve(id).resolve("log")));
      }
      StringBuffer log = new StringBuffer();
      worker.as(Worker.ANNA).followLog(jobs.get(0), 0, reading(log));
      Path input = Files.writeString(data.resolve("input"), "x".repeat(100_000));
      List<Path> filler = fill(data);
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> worker.submit(Worker.inputs("hold", Map.of("input", input))))
            .isInstanceOf(JobException.class)
            .hasMessageContaining("disk")
            .extracting(e -> ((JobException) e).code())
            .isEqualTo(JobException.Code.NO_SPACE);
      }
      refusedUntilFull(worker);
      hold.countDown();
      Awaitility.await().until(() -> jobs.stream().noneMatch(SmallDiskTest::runs));
      for (Path file : filler) {
        Files.delete(file);
      }
      for (String id : jobs) {
        assertThat(worker.awaitEnd(id).state()).isEqualTo(JobState.SUCCEEDED);
      }
      assertThat(log).hasToString("Holds.\n");
      assertThat(worker.awaitEnd(worker.submit("hold").id()).state()).isEqualTo(JobState.SUCCEEDED);
      try (var left = Files.list(data.resolve("jobs"))) {
        assertThat(left).as("nothing is left of what was refused").hasSize(3);
      }
    }
  }

  /** Whether a job runs; one that has ended waits until that is stored. */
  private static boolean runs(String job) {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().equals("job-" + job))
        .flatMap(thread -> Arrays.stream(thread.getValue()))
        .anyMatch(frame -> frame.getClassName().equals(JobRun.class.getName()));
  }

  /** The store may have some room of its own left; what is accepted meanwhile is kept. */
  private static void refusedUntilFull(Worker worker) {
    String parameters = "{\"a\":\"" + "x".repeat(100_000) + "\"}";
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1000; i++) {
                String id = worker.submit(Worker.request("hold", parameters)).id();
                Worker.get(worker.as(Worker.ANNA).cancel(id));
              }
            })
        .extracting(e -> ((JobException) e).code())
        .isEqualTo(JobException.Code.NO_SPACE);
  }

  private static void holds(Path data) throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    Map<String, Object> one = Map.of("cpuSlots", 1, "diskReserveBytes", 4L << 20);
    try (Worker worker = new Worker(data, one).with("hold", holding(hold))) {
      String running = worker.submit("hold").id();
      worker.awaitRunning(running);
      String waiting = worker.submit("hold").id();
      Path filler = data.resolve("filler");
      Files.write(filler, new byte[14 << 20]);
      Awaitility.await().until(() -> worker.job(waiting).reason().contains("room on the worker"));
      assertThatThrownBy(() -> worker.submit("hold")).hasMessageContaining("reserve");
      hold.countDown();
      assertThat(worker.awaitEnd(running).state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(worker.job(waiting).state()).isEqualTo(JobState.QUEUED);
      Files.delete(filler);
      assertThat(worker.awaitEnd(waiting).state()).isEqualTo(JobState.SUCCEEDED);
    }
  }

  private static void ends(Path data, JobType filling) throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    try (Worker worker = new Worker(data, RESERVE).withPrograms()) {
      worker.with("hold", holding(hold)).with("fill", filling);
      String other = worker.submit("hold").id();
      worker.awaitRunning(other);
      Job filled = worker.awaitEnd(worker.submit("fill").id());
      assertThat(filled.state()).isEqualTo(JobState.FAILED);
      assertThat(filled.reason()).startsWith("It filled the worker's disk: it has ");
      assertThat(worker.job(other).state()).isEqualTo(JobState.RUNNING);
      hold.countDown();
      assertThat(worker.awaitEnd(other).state()).isEqualTo(JobState.SUCCEEDED);
    }
  }

  private static void starts(Path data) throws Exception {
    String id;
    try (Worker worker = new Worker(data).with("t", Worker.NOTHING)) {
      id = worker.submit("t").id();
      worker.awaitEnd(id);
    }
    List<Path> filler = fill(data);
    try (Worker worker = new Worker(data).with("t", Worker.NOTHING)) {
      assertThat(worker.job(id).state()).isEqualTo(JobState.SUCCEEDED);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("disk is full").hasMessageNotContaining("null");
    }
    for (Path file : filler) {
      Files.delete(file);
    }
    try (Worker worker = new Worker(data).with("t", Worker.NOTHING)) {
      assertThat(worker.awaitEnd(worker.submit("t").id()).state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(worker.job(id).state()).isEqualTo(JobState.SUCCEEDED);
    }
  }

  private static JobType holding(CountDownLatch hold) {
    return context -> {
      context.log("Holds.");
      hold.await();
      return JobResult.succeeded("{}", Map.of());
    };
  }

  /** Writes as fast as a training that keeps every checkpoint; sees that it is to end. */
  /** Most of it at once, the rest slowly enough to be caught also by a busy machine. */
  private static JobResult write(JobContext context) throws IOException {
    try (OutputStream out = Files.newOutputStream(context.workDirectory().resolve("large"))) {
      out.write(new byte[7 << 20]);
      for (int i = 0; i < 10_000; i++) {
        out.write(new byte[16 << 10]);
        context.checkStopped();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
      }
    }
    return JobResult.succeeded("{}", Map.of());
  }

  private static JobResult talk(JobContext context) throws IOException {
    String script =
        "head -c 7000000 /dev/zero; while :; do head -c 16000 /dev/zero; echo; sleep 0.03; done";
    Program program = new Program("sh", List.of("-c", script), context.workDirectory(), Map.of());
    context.step("main", program, line -> {});
    return JobResult.failed("It ended by itself.", "{}", Map.of());
  }

  /** Takes the last byte. */
  private static List<Path> fill(Path data) throws IOException {
    Path large = data.resolve("filler");
    Path rest = data.resolve("filler-rest");
    for (Path file : List.of(large, rest)) {
      try (OutputStream out = Files.newOutputStream(file)) {
        int piece = file.equals(large) ? 64 << 10 : 1;
        while (true) {
          out.write(new byte[piece]);
        }
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("No space left");
      }
    }
    return List.of(large, rest);
  }

  private static LogListener reading(StringBuffer text) {
    return new LogListener() {
      @Override
      public CompletionStage<Void> onChunk(long offset, ByteBuffer chunk) {
        byte[] bytes = new byte[chunk.remaining()];
        chunk.get(bytes);
        text.append(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
        return CompletableFuture.completedFuture(null);
      }
    };
  }
}
