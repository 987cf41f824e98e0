package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobQuery;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.JobType;
import org.peerworks.job.api.TransferListener;

final class SubmitTest {

  private static final String SCHEMA =
      """
      {"type": "object", "additionalProperties": false,
       "properties": {"epochs": {"type": "integer", "minimum": 1}}}
      """;

  @TempDir Path data;

  @Test
  void aStoredJobIsThereAfterReopening() throws Exception {
    String id;
    try (Worker worker = new Worker(data).with("done", Worker.NOTHING)) {
      id = worker.submit("done").id();
      worker.awaitEnd(id);
    }
    try (Worker worker = new Worker(data)) {
      assertThat(worker.job(id).state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(worker.job(id).document()).contains("{}");
    }
  }

  @Test
  void sixteenSubmittersGetSortedDistinctJobsThatAllRun() throws Exception {
    AtomicInteger ran = new AtomicInteger();
    try (Worker worker =
        new Worker(data, Map.of("cpuSlots", 4))
            .with(
                "count",
                context -> {
                  ran.incrementAndGet();
                  return JobResult.succeeded("{}", Map.of());
                })) {
      Set<String> ids = ConcurrentHashMap.newKeySet();
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 16; t++) {
        Thread thread =
            new Thread(
                () -> {
                  for (int i = 0; i < 20; i++) {
                    ids.add(worker.submit("count").id());
                  }
                });
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(ids).hasSize(320);
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  Worker.get(worker.as(Worker.ANNA).list(JobQuery.newest(1000))).jobs().stream()
                      .allMatch(job -> job.state().isFinal()));
      assertThat(Worker.get(worker.as(Worker.ANNA).list(JobQuery.newest(1000))).jobs())
          .hasSize(320);
      assertThat(ran).hasValue(320);
    }
  }

  @Test
  void aSecondSubmitWithTheSameKeyReturnsTheFirstJob() throws Exception {
    try (Worker worker = new Worker(data).with("done", Worker.NOTHING)) {
      JobRequest request = Worker.request("done");
      String id = worker.submit(request).id();
      assertThat(worker.submit(request).id()).isEqualTo(id);
      Job other = Worker.get(worker.as(Worker.BERT).submit(request, TransferListener.NONE));
      assertThat(other.id()).isNotEqualTo(id);
    }
  }

  @Test
  void whoHandedAJobInFindsItByItsKey() throws Exception {
    try (Worker worker = new Worker(data).with("done", Worker.NOTHING)) {
      JobRequest request = Worker.request("done");
      assertThat(Worker.get(worker.as(Worker.ANNA).submitted(request.idempotencyKey()))).isEmpty();
      String id = worker.submit(request).id();
      assertThat(Worker.get(worker.as(Worker.ANNA).submitted(request.idempotencyKey())))
          .hasValueSatisfying(job -> assertThat(job.id()).isEqualTo(id));
      assertThat(Worker.get(worker.as(Worker.BERT).submitted(request.idempotencyKey()))).isEmpty();
    }
  }

  @Test
  void concurrentSubmitsWithTheSameKeyMakeOneJob() throws Exception {
    try (Worker worker = new Worker(data).with("done", Worker.NOTHING)) {
      JobRequest request = Worker.request("done");
      List<CompletionStage<Job>> submits = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        submits.add(worker.as(Worker.ANNA).submit(request, TransferListener.NONE));
      }
      Set<String> ids = new HashSet<>();
      submits.forEach(submit -> ids.add(Worker.get(submit).id()));
      assertThat(ids).hasSize(1);
      assertThat(Worker.get(worker.as(Worker.ANNA).list(JobQuery.newest(10))).jobs()).hasSize(1);
    }
  }

  @Test
  void anUnknownTypeIsRefusedNamingThoseThereAre() throws Exception {
    try (Worker worker = new Worker(data).with("train", Worker.NOTHING)) {
      assertThatThrownBy(() -> worker.submit("trian"))
          .isInstanceOf(JobException.class)
          .hasMessageContaining("'trian'")
          .hasMessageContaining("'train'")
          .extracting(e -> ((JobException) e).code())
          .isEqualTo(JobException.Code.UNKNOWN_TYPE);
    }
  }

  @Test
  void wrongParametersAreRefusedNamingTheField() throws Exception {
    try (Worker worker = new Worker(data).with("fit", "1.0.0", SCHEMA, Worker.NOTHING)) {
      assertThatThrownBy(() -> worker.submit(Worker.request("fit", "{\"epochs\": \"ten\"}")))
          .isInstanceOf(JobException.class)
          .hasMessageContaining("'epochs'")
          .hasMessageContaining("integer");
      assertThatThrownBy(() -> worker.submit(Worker.request("fit", "{\"epoch\": 3}")))
          .hasMessageContaining("epoch");
      worker.submit(Worker.request("fit", "{\"epochs\": 3}"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "[", "[]", "7", "null", "{", "{}{}", "{\"a\":1,\"a\":2}", "{\"a\":NaN}"})
  void malformedParametersAreRefusedAndLeaveNothing(String parameters) throws Exception {
    try (Worker worker = new Worker(data).with("fit", Worker.NOTHING)) {
      assertThatThrownBy(() -> worker.submit(Worker.request("fit", parameters)))
          .isInstanceOf(JobException.class)
          .extracting(e -> ((JobException) e).code())
          .isEqualTo(JobException.Code.INVALID);
      assertThat(Files.list(data.resolve("jobs"))).isEmpty();
    }
  }

  @Test
  void inputsAreCopiedSoThatTheirSourceMayChange() throws Exception {
    Path source = Files.writeString(Files.createDirectory(data.resolve("x")).resolve("a"), "one");
    Path link = Files.createSymbolicLink(data.resolve("x").resolve("link"), source);
    JobType read =
        context -> {
          Path placed = context.inputs().get("data.slp");
          boolean own = Files.isRegularFile(placed, LinkOption.NOFOLLOW_LINKS);
          return JobResult.succeeded(
              "{\"text\":\"" + Files.readString(placed) + "\",\"own\":" + own + "}", Map.of());
        };
    Path home = Files.createDirectory(data.resolve("worker"));
    try (Worker worker = new Worker(home)) {
      worker.with("other", Worker.NOTHING).with("read", read);
      String id = worker.submit(Worker.inputs("read", Map.of("data.slp", link))).id();
      Files.writeString(source, "two");
      assertThat(worker.awaitEnd(id).document()).contains("{\"text\":\"one\",\"own\":true}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a", "a/b", "..", ".hidden", "-rf", "a\nb", ""})
  void badInputNamesAreRefusedAndLeaveNothing(String name) throws Exception {
    Path source = Files.writeString(data.resolve("source"), "x");
    try (Worker worker = new Worker(data.resolve("w")).with("read", Worker.NOTHING)) {
      assertThatThrownBy(() -> worker.submit(Worker.inputs("read", Map.of(name, source))))
          .isInstanceOf(JobException.class)
          .hasMessageContaining("file name");
      assertThat(Files.list(data.resolve("w").resolve("jobs"))).isEmpty();
    }
  }

  @Test
  void limitsAreKept() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    Map<String, Object> limits =
        Map.of(
            "maxQueuedPerCaller",
            2,
            "maxInputs",
            1,
            "maxInputBytes",
            4L,
            "maxParameterBytes",
            20,
            "maxTimeoutSeconds",
            60L);
    try (Worker worker = new Worker(data, limits)) {
      worker.with(
          "hold",
          context -> {
            hold.await();
            return JobResult.succeeded("{}", Map.of());
          });
      Path five = Files.writeString(data.resolve("five"), "12345");
      Path one = Files.writeString(data.resolve("one"), "1");
      assertLimit(worker, Worker.inputs("hold", Map.of("a", five)));
      assertLimit(worker, Worker.inputs("hold", Map.of("a", one, "b", one)));
      assertLimit(worker, Worker.request("hold", "{\"a\":\"" + "x".repeat(20) + "\"}"));
      assertLimit(worker, Worker.timeout("hold", Duration.ofSeconds(61)));
      worker.awaitRunning(worker.submit("hold").id());
      worker.submit("hold");
      worker.submit("hold");
      assertLimit(worker, Worker.request("hold"));
      hold.countDown();
    }
  }

  @Test
  void aFullDiskRefusesJobs() throws Exception {
    try (Worker worker = new Worker(data, Map.of("diskReserveBytes", 1L << 50))) {
      worker.with("done", Worker.NOTHING);
      assertThatThrownBy(() -> worker.submit("done"))
          .extracting(e -> ((JobException) e).code())
          .isEqualTo(JobException.Code.NO_SPACE);
    }
  }

  @Test
  void aSecondWorkerOnTheSameDirectoryIsRefused() throws Exception {
    try (Worker worker = new Worker(data)) {
      assertThat(Worker.get(worker.as(Worker.ANNA).list(JobQuery.newest(1))).jobs()).isEmpty();
      assertThatThrownBy(() -> new Worker(data))
          .hasMessageContaining("Another worker")
          .hasMessageContaining(data.toRealPath().toString());
    }
  }

  private static void assertLimit(Worker worker, JobRequest request) {
    assertThatThrownBy(() -> worker.submit(request))
        .isInstanceOf(JobException.class)
        .extracting(e -> ((JobException) e).code())
        .isEqualTo(JobException.Code.LIMIT);
  }
}
