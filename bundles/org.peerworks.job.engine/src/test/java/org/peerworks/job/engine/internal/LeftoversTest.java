package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.JobType;
import org.peerworks.lib.files.FileTrees;

final class LeftoversTest {

  private static final JobType WRITES =
      context -> {
        context.log("Runs.");
        Files.writeString(context.workDirectory().resolve("w"), "w");
        Path out = Files.writeString(context.outputDirectory().resolve("out.txt"), "o");
        return JobResult.succeeded("{}", Map.of("out.txt", out));
      };

  @TempDir Path data;
  private Path locked;

  @AfterEach
  void unlock() throws Exception {
    if (locked != null) {
      attribute("-i", locked);
    }
  }

  private Path jobs() {
    return data.resolve("w").resolve("jobs");
  }

  private Worker worker(Map<String, Object> changes) throws Exception {
    return new Worker(data.resolve("w"), changes).with("t", WRITES);
  }

  private void restart() throws Exception {
    worker(Map.of()).close();
  }

  private Job run(Worker worker) throws Exception {
    Path input = Files.writeString(data.resolve("in"), "i");
    return worker.awaitEnd(worker.submit(Worker.inputs("t", Map.of("in", input))).id());
  }

  /** Not even root deletes a file of this attribute; not every file system knows it. */
  private void lock(Path directory) throws Exception {
    Path file = Files.writeString(Files.createDirectories(directory).resolve("locked"), "x");
    Assumptions.assumeTrue(
        attribute("+i", file),
        "Wants to make a file immutable: root with CAP_LINUX_IMMUTABLE, and a file system that can");
    locked = file;
  }

  private static boolean attribute(String change, Path file) throws Exception {
    Process chattr =
        new ProcessBuilder("chattr", change, file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return chattr.waitFor(10, TimeUnit.SECONDS) && chattr.exitValue() == 0;
  }

  @Test
  void ofAnEndedJobInputsAndWorkingFilesAreDeleted() throws Exception {
    try (Worker worker = worker(Map.of())) {
      Job job = run(worker);
      Path directory = jobs().resolve(job.id());
      assertThat(job.outputs()).hasSize(1);
      assertThat(directory.resolve("input")).doesNotExist();
      assertThat(directory.resolve("work")).doesNotExist();
      assertThat(directory.resolve("log")).exists();
      assertThat(directory.resolve("request.json")).exists();
      assertThat(directory.resolve("output/out.txt")).exists();
    }
  }

  @Test
  void soAreThoseOfAJobThatIsCancelledBeforeItRuns() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (Worker worker = worker(Map.of())) {
      worker.with(
          "hold",
          context -> {
            end.await();
            return JobResult.succeeded("{}", Map.of());
          });
      worker.awaitRunning(worker.submit("hold").id());
      Path input = Files.writeString(data.resolve("in"), "i");
      String id = worker.submit(Worker.inputs("t", Map.of("in", input))).id();
      assertThat(jobs().resolve(id).resolve("input")).exists();
      Worker.get(worker.as(Worker.ANNA).cancel(id));
      assertThat(jobs().resolve(id).resolve("input")).doesNotExist();
      end.countDown();
    }
  }

  @Test
  void whatAKilledWorkerLeftOfEndedJobsIsDeletedAtTheStart() throws Exception {
    String id;
    try (Worker worker = worker(Map.of())) {
      id = run(worker).id();
    }
    Path input = Files.createDirectories(jobs().resolve(id).resolve("input"));
    try (Worker worker = worker(Map.of())) {
      Awaitility.await().until(() -> Files.notExists(input));
      assertThat(worker.job(id).state()).isEqualTo(JobState.SUCCEEDED);
    }
  }

  @Test
  void whatIsNoJobIsLeftAlone() throws Exception {
    Files.createDirectories(jobs().resolve("lost+found"));
    Files.writeString(jobs().resolve("notes.txt"), "mine");
    restart();
    assertThat(jobs().resolve("lost+found")).exists();
    assertThat(jobs().resolve("notes.txt")).exists();
  }

  @Test
  void jobsThatALostStoreDoesNotKnowAreSetAside() throws Exception {
    String old;
    String newer;
    Path store = data.resolve("w/store");
    Path backup = data.resolve("backup");
    try (Worker worker = worker(Map.of())) {
      old = run(worker).id();
    }
    Files.createDirectory(backup);
    Files.copy(store.resolve("peerworks.db"), backup.resolve("peerworks.db"));
    try (Worker worker = worker(Map.of())) {
      newer = run(worker).id();
    }
    FileTrees.delete(store);
    Files.move(backup, store);
    restart();
    assertThat(jobs().resolve(old).resolve("output/out.txt")).exists();
    assertThat(jobs().resolve("unknown").resolve(newer).resolve("output/out.txt")).exists();
    FileTrees.delete(store);
    restart();
    assertThat(jobs().resolve("unknown").resolve(old).resolve("output/out.txt")).exists();
    assertThat(jobs().resolve("unknown").resolve(newer).resolve("output/out.txt")).exists();
  }

  @Test
  void whatWasSetAsideStaysAsLongAsEndedJobsDo() throws Exception {
    String id;
    try (Worker worker = worker(Map.of())) {
      id = run(worker).id();
    }
    FileTrees.delete(data.resolve("w/store"));
    Path aside = jobs().resolve("unknown").resolve(id);
    Path notes = Files.createDirectories(jobs().resolve("unknown")).resolve("notes.txt");
    Files.writeString(notes, "mine");
    try (Worker worker = worker(Map.of("keepDays", 3))) {
      run(worker); // after the first look at what is old
      assertThat(aside).exists();
    }
    Instant old = Instant.now().minus(Duration.ofDays(4));
    Files.setLastModifiedTime(aside, FileTime.from(old));
    Files.setLastModifiedTime(notes, FileTime.from(old));
    try (Worker worker = worker(Map.of("keepDays", 0))) {
      run(worker);
      assertThat(aside).exists();
    }
    try (Worker worker = worker(Map.of("keepDays", 3))) {
      Awaitility.await().until(() -> Files.notExists(aside));
      assertThat(run(worker).state()).isEqualTo(JobState.SUCCEEDED);
    }
    assertThat(notes).exists();
  }

  @Test
  void aHalfMadeJobIsDeleted() throws Exception {
    Path half = Files.createDirectories(jobs().resolve("29990101-000000-000000").resolve("input"));
    restart();
    assertThat(half.getParent()).doesNotExist();
  }

  @Test
  void aDirectoryThatCannotBeDeletedDoesNotKeepTheWorkerFromStarting() throws Exception {
    lock(jobs().resolve("20200101-000000-000000"));
    try (Worker worker = worker(Map.of())) {
      assertThat(run(worker).state()).isEqualTo(JobState.SUCCEEDED);
    }
  }

  @Test
  void aDirectoryThatCannotBeDeletedDoesNotKeepOthersFromIt() throws Exception {
    String first;
    String second;
    try (Worker worker = worker(Map.of())) {
      first = run(worker).id();
      second = run(worker).id();
      run(worker);
    }
    lock(jobs().resolve(second)); // the newest is deleted first
    try (Worker worker = worker(Map.of("keepJobs", 1L))) {
      Awaitility.await().until(() -> Files.notExists(jobs().resolve(first)));
      assertThat(jobs().resolve(second)).exists();
      assertThat(run(worker).state()).isEqualTo(JobState.SUCCEEDED);
    }
  }
}
