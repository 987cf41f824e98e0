package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongConsumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;

final class FullDiskTest {

  @TempDir Path data;

  private interface Used {
    void accept(Store store) throws Exception;
  }

  private void withStore(LongConsumer committed, Used used) throws Exception {
    JobFiles files = new JobFiles(data);
    try (Store store = Store.open(files.database(), files.jobs(), committed)) {
      used.accept(store);
    }
  }

  private static CompletionStage<StoredJob> add(Store store, String id, int number) {
    return store.writer().write(rows -> rows.addJob(Rowing.ended(id, Worker.ANNA, number), false));
  }

  @Test
  void submitsAreRefusedWhileTheDiskIsFullAndTakenAgainAfterwards() throws Exception {
    try (Worker worker = new Worker(data).with("t", Worker.NOTHING)) {
      Database.fill(data, "INSERT ON job");
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> worker.submit("t"))
            .extracting(e -> ((JobException) e).code())
            .isEqualTo(JobException.Code.NO_SPACE);
      }
      Database.heal(data);
      assertThat(worker.awaitEnd(worker.submit("t").id()).state()).isEqualTo(JobState.SUCCEEDED);
    }
  }

  @Test
  void anEndThatCannotBeStoredIsStoredLater() throws Exception {
    CountDownLatch run = new CountDownLatch(1);
    try (Worker worker = new Worker(data)) {
      worker.with(
          "t",
          context -> {
            run.await();
            return JobResult.succeeded("{}", Map.of());
          });
      String id = worker.submit("t").id();
      worker.awaitRunning(id);
      Database.fill(data, "UPDATE ON job");
      run.countDown();
      Awaitility.await().until(() -> !isAlive("job-" + id));
      assertThatThrownBy(() -> Worker.get(another(worker))).hasMessageContaining("full");
      assertThat(Database.state(data, id)).isEqualTo("RUNNING");
      Database.heal(data);
      assertThat(worker.awaitEnd(id).state()).isEqualTo(JobState.SUCCEEDED);
    }
  }

  private static boolean isAlive(String thread) {
    return Thread.getAllStackTraces().keySet().stream().anyMatch(t -> t.getName().equals(thread));
  }

  /** Waits until another write was refused: what came before it was refused too. */
  private static CompletionStage<Void> another(Worker worker) {
    return worker
        .engine
        .store()
        .writer()
        .write(
            rows -> {
              rows.startJob(1, Instant.now());
              return null;
            });
  }

  @Test
  void aJobWhoseStartCannotBeStoredIsRunLater() throws Exception {
    try (Worker worker = new Worker(data)) {
      String id;
      Database.fill(data, "UPDATE ON job");
      id = worker.with("t", Worker.NOTHING).submit("t").id();
      assertThatThrownBy(() -> Worker.get(another(worker))).hasMessageContaining("full");
      assertThat(Database.state(data, id)).isEqualTo("QUEUED");
      Database.heal(data);
      Job job = worker.awaitEnd(id);
      assertThat(job.reason()).isEmpty();
      assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
    }
  }

  @Test
  void anErrorInAWriteFailsThatWriteAlone() throws Exception {
    withStore(
        number -> {},
        store -> {
          CompletionStage<Void> bad =
              store
                  .writer()
                  .write(
                      rows -> {
                        throw new AssertionError("bad write");
                      });
          CompletionStage<StoredJob> good = add(store, "20260101-000000-000000", 1);
          assertThatThrownBy(() -> Worker.get(bad)).hasMessageContaining("bad write");
          assertThat(Worker.get(good).seq()).isEqualTo(1);
        });
  }

  @Test
  void anUnusableConnectionIsOpenedAnew() throws Exception {
    withStore(
        number -> {},
        store -> {
          assertThat(Worker.get(add(store, "20260101-000000-000000", 1)).seq()).isEqualTo(1);
          CompletionStage<Void> bad =
              store
                  .writer()
                  .write(
                      rows -> {
                        rows.close();
                        throw new IllegalStateException("bad write");
                      });
          assertThatThrownBy(() -> Worker.get(bad)).hasMessageContaining("bad write");
          assertThat(Worker.get(add(store, "20260101-000000-000001", 2)).seq()).isEqualTo(2);
        });
  }

  @Test
  void aListenerThatRefusesDoesNotHoldUpWhatIsStored() throws Exception {
    withStore(
        number -> {
          if (number > 0) {
            throw new RejectedExecutionException("closing");
          }
        },
        store -> {
          assertThat(Worker.get(add(store, "20260101-000000-000000", 1)).seq()).isEqualTo(1);
          assertThat(Worker.get(add(store, "20260101-000000-000001", 2)).seq()).isEqualTo(2);
        });
  }

  @Test
  void whatIsWrittenAfterTheEndFailsAtOnce() throws Exception {
    JobFiles files = new JobFiles(data);
    Store store = Store.open(files.database(), files.jobs(), number -> {});
    store.close();
    assertThatThrownBy(() -> Worker.get(add(store, "20260101-000000-000000", 1)))
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContaining("closed");
  }
}
