package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.LogListener;
import org.peerworks.job.api.Program;

/** A worker whose system gives it less than it needs. */
final class ScarceSystemTest {

  @TempDir Path temp;

  @Test
  void withoutFileHandlesJobsAreRefusedOrFailWithTheReasonUntilThereAreSome() throws Exception {
    Child.limited("nofile=400", ScarceSystemTest.class, "handles", temp.toString());
  }

  @Test
  void aDataDirectoryThatCannotBeWrittenIsNamed() throws Exception {
    Child.onSmallDisk(temp, "4m", ScarceSystemTest.class, "read-only", temp.toString());
  }

  /** The child. */
  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[1]);
    if (arguments[0].equals("handles")) {
      handles(data);
    } else {
      readOnly(data);
    }
    System.exit(0);
  }

  private static void handles(Path data) throws Exception {
    Path input = Files.writeString(data.resolve("input"), "x");
    try (Worker worker = new Worker(data.resolve("worker"), Map.of("cpuSlots", 2))) {
      CountDownLatch hold = new CountDownLatch(1);
      worker.with(
          "hold",
          context -> {
            context.log("Holds.");
            hold.await();
            return JobResult.succeeded("{}", Map.of());
          });
      worker
          .with("copy", Worker.NOTHING)
          .withPrograms()
          .with(
              "run",
              context -> {
                context.step(
                    "main",
                    new Program("true", List.of(), context.workDirectory(), Map.of()),
                    line -> {});
                return JobResult.succeeded("{}", Map.of());
              });
      String held = worker.submit("hold").id();
      // All classes that are needed are loaded before nothing can be opened any more.
      assertThat(worker.awaitEnd(worker.submit("run").id()).state()).isEqualTo(JobState.SUCCEEDED);
      worker.awaitEnd(worker.submit(Worker.inputs("copy", Map.of("a", input))).id());
      Refusals.of(new IOException("Too many open files"));
      Text text = new Text();
      text.follow(worker, held);
      Awaitility.await().until(() -> text.toString().equals("Holds.\n"));
      Text late = new Text();

      List<InputStream> all = exhaust(input);
      assertThatThrownBy(() -> worker.submit(Worker.inputs("copy", Map.of("a", input))))
          .hasMessageContaining("as many files open as its system allows")
          .extracting(e -> ((JobException) e).code())
          .isEqualTo(JobException.Code.UNAVAILABLE);
      late.follow(worker, held);
      Job failed = worker.awaitEnd(worker.submit("run").id());
      assertThat(failed.state()).isEqualTo(JobState.FAILED);
      assertThat(failed.reason())
          .contains("the worker has as many files open as its system allows");
      assertThat(worker.job(held).state()).isEqualTo(JobState.RUNNING);
      assertThat(late).hasToString("");
      for (InputStream one : all) {
        one.close();
      }

      hold.countDown();
      assertThat(worker.awaitEnd(held).state()).isEqualTo(JobState.SUCCEEDED);
      Awaitility.await().until(() -> late.toString().equals("Holds.\n"));
      assertThat(worker.awaitEnd(worker.submit("run").id()).state()).isEqualTo(JobState.SUCCEEDED);
      worker.awaitEnd(worker.submit(Worker.inputs("copy", Map.of("a", input))).id());
    }
  }

  private static List<InputStream> exhaust(Path file) {
    List<InputStream> all = new ArrayList<>();
    try {
      while (true) {
        all.add(Files.newInputStream(file));
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("Too many open files");
      return all;
    }
  }

  private static void readOnly(Path data) throws Exception {
    String id;
    try (Worker worker = new Worker(data).with("t", Worker.NOTHING)) {
      id = worker.submit("t").id();
      worker.awaitEnd(id);
    }
    mount("remount,ro", data);
    assertThatThrownBy(() -> new Worker(data))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("data directory '" + data + "' cannot be written")
        .hasMessageContaining("Read-only file system")
        .hasMessageContaining("--data-dir");
    mount("remount,rw", data);
    try (Worker worker = new Worker(data).with("t", Worker.NOTHING)) {
      assertThat(worker.job(id).state()).isEqualTo(JobState.SUCCEEDED);
      worker.awaitEnd(worker.submit("t").id());
    }
  }

  private static void mount(String options, Path directory) throws Exception {
    Process mount = new ProcessBuilder("mount", "-o", options, directory.toString()).start();
    assertThat(mount.waitFor()).isZero();
  }

  /** A log as far as it was read. */
  private static final class Text implements LogListener {
    private final StringBuffer text = new StringBuffer();

    void follow(Worker worker, String job) {
      worker.as(Worker.ANNA).followLog(job, 0, this);
    }

    @Override
    public CompletionStage<Void> onChunk(long offset, ByteBuffer chunk) {
      byte[] bytes = new byte[chunk.remaining()];
      chunk.get(bytes);
      text.append(new String(bytes, StandardCharsets.UTF_8));
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
