package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;
import org.peerworks.lib.files.FileTrees;

/** A store that cannot be used as it should. */
final class BrokenStoreTest {

  @TempDir Path data;

  private Path database() throws IOException {
    return Files.createDirectories(data.resolve("store")).resolve("peerworks.db");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no database", "SQLite format 3\0 and nonsense"})
  void aDamagedStoreIsNamedWithWhatToDo(String content) throws Exception {
    Files.writeString(database(), content.repeat(500));
    byte[] before = Files.readAllBytes(database());
    assertThatThrownBy(() -> new Worker(data))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'" + database().toRealPath() + "' cannot be opened")
        .hasMessageContaining("damaged")
        .hasMessageContaining("move '" + data.toRealPath().resolve("store") + "' away");
    assertThat(database()).hasBinaryContent(before);
    FileTrees.delete(data.resolve("store"));
    try (Worker worker = new Worker(data).with("t", Worker.NOTHING)) {
      assertThat(worker.awaitEnd(worker.submit("t").id()).state()).isEqualTo(JobState.SUCCEEDED);
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, NoClassDefFoundError.class})
  void aStartThatFailsLetsGoOfTheDataDirectory(Class<? extends Throwable> kind) throws Exception {
    Throwable failure = kind.getConstructor(String.class).newInstance("no time");
    Clock broken = clockThatThrows(failure);
    assertThatThrownBy(() -> new Worker(data, Map.of(), broken)).isSameAs(failure);
    new Worker(data).close();
  }

  private static Clock clockThatThrows(Throwable failure) {
    return new Clock() {
      @Override
      public Instant instant() {
        if (failure instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) failure;
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  @Test
  void aStoreOfALaterVersionIsLeftAlone() throws Exception {
    new Worker(data).close();
    Database.execute(
        data,
        "INSERT INTO flyway_schema_history VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1,"
            + " 'x', '2030-01-01', 1, 1)");
    assertThatThrownBy(() -> new Worker(data)).hasMessageContaining("cannot be opened");
  }

  @Test
  void aStoreThatAnotherProgramHoldsRefusesJobsAndKeepsTheFilesOfThoseThatEnd() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    try (Worker worker = new Worker(data)) {
      worker.with(
          "t",
          context -> {
            Files.writeString(context.workDirectory().resolve("model"), "weights");
            hold.await();
            return JobResult.succeeded("{}", Map.of());
          });
      String running = worker.submit("t").id();
      Path work = data.resolve("jobs").resolve(running).resolve("work");
      worker.awaitRunning(running);
      try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + database())) {
        other.createStatement().execute("BEGIN IMMEDIATE");
        hold.countDown();
        assertThatThrownBy(() -> worker.submit("t"))
            .hasMessageContaining("Another program holds the worker's job store")
            .extracting(e -> ((JobException) e).code())
            .isEqualTo(JobException.Code.UNAVAILABLE);
        assertThat(worker.job(running).state()).isEqualTo(JobState.RUNNING);
        // If the worker is killed now, the next one runs the job again.
        assertThat(work.resolve("model")).hasContent("weights");
        other.createStatement().execute("ROLLBACK");
      }
      assertThat(worker.awaitEnd(running).state()).isEqualTo(JobState.SUCCEEDED);
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.notExists(work));
      assertThat(worker.awaitEnd(worker.submit("t").id()).state()).isEqualTo(JobState.SUCCEEDED);
    }
  }
}
