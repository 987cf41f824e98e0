package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.health.api.Finding;
import org.peerworks.health.api.Level;
import org.peerworks.health.api.Metrics;
import org.peerworks.job.api.JobResult;

final class EngineHealthTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path data;

  /** Figures by name and values of labels. */
  private static Map<String, Double> figures(EngineHealth health) {
    Map<String, Double> told = new HashMap<>();
    health.measure(
        new Metrics() {
          @Override
          public void gauge(String name, String help, double value, String... labels) {
            StringBuilder key = new StringBuilder(name);
            for (int i = 1; i < labels.length; i += 2) {
              key.append(' ').append(labels[i]);
            }
            assertThat(told.put(key.toString(), value)).as("%s", key).isNull();
          }

          @Override
          public void counter(String name, String help, double value, String... labels) {
            gauge(name, help, value, labels);
          }
        });
    return told;
  }

  @Test
  void itsPartsGiveSignsOfLife() throws Exception {
    try (Worker worker = new Worker(data)) {
      Map<String, CompletionStage<?>> parts = worker.engine.health().ask();

      assertThat(parts).containsOnlyKeys("job scheduler", "job store writer");
      for (CompletionStage<?> part : parts.values()) {
        assertThat(part.toCompletableFuture()).succeedsWithin(LONG);
      }
    }
  }

  @Test
  void aWriterThatHangsOwesItsSignAndTheSchedulerDoesNot() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (Worker worker = new Worker(data)) {
      var hanging =
          worker
              .engine
              .store()
              .writer()
              .write(
                  rows -> {
                    try {
                      end.await();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                    return null;
                  });
      Map<String, CompletionStage<?>> parts = worker.engine.health().ask();

      assertThat(parts.get("job scheduler").toCompletableFuture()).succeedsWithin(LONG);
      assertThat(parts.get("job store writer").toCompletableFuture()).isNotDone();
      end.countDown();
      assertThat(hanging).succeedsWithin(LONG);
      assertThat(parts.get("job store writer").toCompletableFuture()).succeedsWithin(LONG);
    }
  }

  @Test
  void jobsAreCountedByStateAndSlotsByUse() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (Worker worker =
        new Worker(data, Map.of("cpuSlots", 2))
            .with("nothing", Worker.NOTHING)
            .with(
                "holds",
                context -> {
                  try {
                    end.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return JobResult.succeeded("{}", Map.of());
                })) {
      worker.awaitEnd(worker.submit("nothing").id());
      for (int i = 0; i < 3; i++) {
        worker.submit("holds");
      }
      EngineHealth health = worker.engine.health();
      Awaitility.await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(figures(health))
                      .containsEntry("peerworks_jobs running", 2.0)
                      .containsEntry("peerworks_jobs queued", 1.0)
                      .containsEntry("peerworks_jobs succeeded", 1.0)
                      .containsEntry("peerworks_jobs lost", 0.0)
                      .containsEntry("peerworks_queue_length", 1.0)
                      .containsEntry("peerworks_slots cpu used", 2.0)
                      .containsEntry("peerworks_slots cpu free", 0.0)
                      .containsEntry("peerworks_slots gpu used", 0.0));
      end.countDown();
    }
  }

  @Test
  void whatTheDiskRefusesIsSaidUntilThereIsRoomAgain() throws Exception {
    assertThat(EngineHealth.room(2L << 30, 1L << 30).level()).isEqualTo(Level.OK);
    assertThat(EngineHealth.room(700L << 20, 1L << 30).found()).endsWith("new jobs are refused");
    assertThat(EngineHealth.room(100L << 20, 1L << 30).found()).contains("no job is started");
    assertThat(EngineHealth.room(100L << 20, 1L << 30).mend()).contains("by themselves");
    try (Worker worker = new Worker(data)) {
      assertThat(worker.engine.health().check())
          .extracting(Finding::level)
          .containsExactly(Level.OK, Level.OK, Level.OK);
    }
  }
}
