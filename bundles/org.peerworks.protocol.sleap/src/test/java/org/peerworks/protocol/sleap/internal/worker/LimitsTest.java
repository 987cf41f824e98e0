package org.peerworks.protocol.sleap.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.JobState;
import org.peerworks.protocol.sleap.internal.auth.Authentication;

final class LimitsTest {

  @TempDir private Path directory;

  private static WorkerLimits limits(
      int clients, int messages, Duration stall, Duration idle, Duration keepAlive) {
    return new WorkerLimits(
        clients,
        2,
        4,
        1000,
        messages,
        1 << 20,
        2,
        0,
        stall,
        idle,
        keepAlive,
        Duration.ofSeconds(10),
        2,
        100);
  }

  private Worker worker(WorkerLimits limits) {
    return new Worker(directory, limits, Authentication.NONE);
  }

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(300);

  @Test
  void aFloodOfMessagesEndsTheChannelAndNoOther() {
    try (Worker worker = worker(limits(4, 50, LONG, LONG, LONG))) {
      TestClient calm = worker.connect();
      TestClient flood = worker.connect();
      for (int i = 0; i < 500 && !flood.isClosed(); i++) {
        flood.say("hello");
      }

      flood.awaitClosed();
      assertThat(calm.isClosed()).isFalse();
      await().until(() -> worker.served() == 1);
    }
  }

  @Test
  void aTextThatIsTooLongEndsTheChannel() {
    try (Worker worker = worker(limits(4, 50, LONG, LONG, LONG))) {
      TestClient client = worker.connect();
      client.say("a".repeat(1000));
      assertThat(client.isClosed()).isFalse();

      client.say("a".repeat(1001));

      client.awaitClosed();
    }
  }

  @Test
  void aPeerHasOnlySoManyChannelsAndTheWorkerOnlySoManyClients() {
    try (Worker worker = worker(limits(3, 50, LONG, LONG, LONG))) {
      worker.connect(new TestClient("a", "browse"));
      TestClient second = worker.connect(new TestClient("a", "browse"));
      await().until(() -> worker.served() == 2);
      TestClient third = worker.connect(new TestClient("a", "browse"));
      third.awaitClosed();
      assertThat(third.heard())
          .containsExactly("You have 2 channels to this worker already, the limit.\n");
      worker.connect(new TestClient("b", "browse"));
      await().until(() -> worker.served() == 3);
      TestClient fourth = worker.connect(new TestClient("c", "browse"));
      fourth.awaitClosed();
      assertThat(fourth.heard())
          .containsExactly("This worker serves 3 clients already, its limit. Try again later.\n");

      second.leave();

      await().until(() -> worker.served() == 2);
      TestClient fifth = worker.connect(new TestClient("c", "browse"));
      await().until(() -> worker.served() == 3);
      assertThat(fifth.isClosed()).isFalse();
    }
  }

  @Test
  void signsOfLifeAreSent() {
    try (Worker worker = worker(limits(3, 50, LONG, LONG, Duration.ofMillis(50)))) {
      TestClient client = worker.connect();

      await().until(() -> client.signsOfLife() >= 2);
      assertThat(client.heard()).isEmpty();
    }
  }

  @Test
  void aFileThatStandsStillEndsTheChannelThoughItGivesSignsOfLife() {
    try (Worker worker = worker(limits(3, 50, SHORT, LONG, LONG))) {
      TestClient client = worker.connect();
      client.say("FILE_META::p.zip:5:false").bytes("x");
      client.bytes("KEEP_ALIVE");

      client.awaitClosed();
      worker.awaitNothingStaged();
    }
  }

  @Test
  void aClientThatTakesNothingIsGivenUp() {
    try (Worker worker = worker(limits(3, 50, SHORT, LONG, LONG))) {
      TestClient client = worker.connect();
      client.say("FILE_META::p.zip:1:false").bytes("x").say("END_OF_FILE");
      ScriptedJobs.Scripted job = worker.jobs.await(1).awaitFollowed();
      client.stopReading();
      job.log("line\n");

      client.awaitClosed();
      await().until(() -> job.state() == JobState.CANCELLED);
    }
  }

  @Test
  void reportsWaitForAClientThatIsSlow() {
    try (Worker worker = worker(limits(3, 50, LONG, LONG, LONG))) {
      TestClient client = worker.connect();
      client.say("FILE_META::p.zip:1:True").bytes("x").say("END_OF_FILE");
      ScriptedJobs.Scripted job = worker.jobs.await(1).awaitFollowed();
      assertThat(job.report("{\"event\":\"a\"}")).isTrue();
      client.stopReading();

      assertThat(job.report("{\"event\":\"b\"}")).isFalse();
      assertThat(client.isClosed()).isFalse();
    }
  }

  @Test
  void silenceEndsAChannelOnlyWhereNoJobRuns() {
    try (Worker worker = worker(limits(3, 50, LONG, SHORT, LONG))) {
      TestClient busy = worker.connect();
      busy.say("FILE_META::p.zip:1:false").bytes("x").say("END_OF_FILE");
      ScriptedJobs.Scripted job = worker.jobs.await(1).awaitFollowed();
      TestClient idle = worker.connect();

      idle.awaitClosed();
      assertThat(busy.isClosed()).isFalse();
      job.end(JobState.SUCCEEDED, "", "{}");
      busy.awaitClosed();
      assertThat(busy.heard()).contains("TRAINING_JOBS_DONE").endsWith("END_OF_FILE");
    }
  }

  @Test
  void stoppingEndsAllChannelsAndLeavesNothing() {
    Worker worker = worker(limits(3, 50, LONG, LONG, LONG));
    TestClient client = worker.connect();
    client.say("FILE_META::p.zip:5:false").bytes("x");

    worker.close();

    client.awaitClosed();
    worker.awaitNothingStaged();
    TestClient late = worker.connect();
    late.awaitClosed();
  }
}
