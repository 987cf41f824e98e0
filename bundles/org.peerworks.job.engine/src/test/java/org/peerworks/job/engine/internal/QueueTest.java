package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobContext;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobQuery;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.JobType;

/** Operators steer the queue. */
final class QueueTest {

  @TempDir Path data;

  private final CountDownLatch end = new CountDownLatch(1);

  private final JobType gate =
      context -> {
        end.await();
        return JobResult.succeeded("{}", Map.of());
      };

  /** One runs, the others wait. */
  private List<String> fill(Worker worker, int waiting) {
    worker.with("t", gate);
    worker.awaitRunning(worker.submit("t").id());
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < waiting; i++) {
      ids.add(worker.submit("t").id());
    }
    return ids;
  }

  private static List<String> queue(Worker worker) {
    JobQuery waiting = new JobQuery(Set.of(JobState.QUEUED), false, "", 1000);
    return Worker.get(worker.as(Worker.ANNA).list(waiting)).jobs().stream()
        .sorted(Comparator.comparingInt(Job::queuePosition))
        .map(Job::id)
        .toList();
  }

  @Test
  void aWaitingJobIsMovedToAPlaceAndStaysThereOverARestart() throws Exception {
    List<String> ids;
    try (Worker worker = new Worker(data)) {
      ids = fill(worker, 4);
      Worker.get(worker.as(Caller.console()).move(ids.get(3), 1));
      Worker.get(worker.as(Caller.console()).move(ids.get(0), 3));
      Worker.get(worker.as(Caller.console()).move(ids.get(1), 99));
      assertThat(queue(worker)).containsExactly(ids.get(3), ids.get(0), ids.get(2), ids.get(1));
    }
    try (Worker worker = new Worker(data)) {
      assertThat(queue(worker)).containsExactly(ids.get(3), ids.get(0), ids.get(2), ids.get(1));
    }
  }

  @Test
  void aPlaceBetweenTwoJobsIsFoundHoweverOftenItIsAskedFor() throws Exception {
    try (Worker worker = new Worker(data)) {
      List<String> ids = fill(worker, 3);
      for (int i = 0; i < 120; i++) { // each halves the room between two numbers
        Worker.get(worker.as(Caller.console()).move(ids.get(1 + i % 2), 2));
        assertThat(queue(worker).get(1)).isEqualTo(ids.get(1 + i % 2));
      }
      String last = worker.submit("t").id();
      assertThat(queue(worker)).endsWith(last);
      end.countDown();
    }
  }

  @Test
  void aPriorityGoesBeforeTheOrderOfArrival() throws Exception {
    try (Worker worker = new Worker(data)) {
      List<String> ids = fill(worker, 3);
      Worker.get(worker.as(Worker.ANNA).prioritize(ids.get(2), 8));
      assertThat(queue(worker)).containsExactly(ids.get(2), ids.get(0), ids.get(1));
      assertThat(worker.job(ids.get(2)).priority()).isEqualTo(8);
      Worker.get(worker.as(Caller.console()).move(ids.get(1), 1));
      assertThat(queue(worker)).containsExactly(ids.get(1), ids.get(2), ids.get(0));
      assertThat(worker.job(ids.get(1)).priority()).isEqualTo(8);

      assertThatThrownBy(() -> Worker.get(worker.as(Worker.BERT).prioritize(ids.get(0), 10)))
          .hasMessageContaining("Only its owner");
      assertThatThrownBy(() -> Worker.get(worker.as(Worker.ANNA).move(ids.get(0), 1)))
          .hasMessageContaining("operators");
      assertThatThrownBy(() -> Worker.get(worker.as(Worker.ANNA).prioritize(ids.get(0), 11)))
          .hasMessageContaining("0 to 10");
      end.countDown();
      worker.awaitEnd(ids.get(0));
      assertThatThrownBy(() -> Worker.get(worker.as(Caller.console()).move(ids.get(0), 1)))
          .hasMessageContaining("does not wait");
    }
  }

  private static JobResult check(JobContext context) throws Exception {
    Path input = context.inputs().get("a.txt");
    Path good = context.workDirectory().resolve("../../../good");
    return Files.exists(good) && Files.readString(input).equals("hello")
        ? JobResult.succeeded("{}", Map.of())
        : JobResult.failed("Not good.", "{}", Map.of());
  }

  private String failed(Worker worker, String type) throws Exception {
    Path file = Files.writeString(data.resolve("a.txt"), "hello");
    String id = worker.submit(Worker.request(type, "{}", Map.of("a.txt", file))).id();
    assertThat(worker.awaitEnd(id).state()).isEqualTo(JobState.FAILED);
    return id;
  }

  @Test
  void aJobThatFailedIsHandedInOnceMoreWithItsInputs() throws Exception {
    Path root = data.resolve("worker");
    try (Worker worker = new Worker(root).with("t", QueueTest::check)) {
      String id = failed(worker, "t");
      Files.createFile(root.resolve("good"));
      Job again = Worker.get(worker.as(Caller.console()).retry(id));
      assertThat(again.id()).isNotEqualTo(id);
      assertThat(again.ownerId()).isEqualTo(Worker.ANNA.id());
      assertThat(worker.awaitEnd(again.id()).state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(worker.job(id).state()).isEqualTo(JobState.FAILED);
      assertThat(root.resolve("jobs").resolve(again.id()).resolve("input")).doesNotExist();
      assertThatThrownBy(() -> Worker.get(worker.as(Worker.ANNA).retry(again.id())))
          .isInstanceOf(JobException.class)
          .hasMessageContaining("not kept");
      assertThatThrownBy(() -> Worker.get(worker.as(Worker.BERT).retry(id)))
          .hasMessageContaining("Only its owner");
    }
  }

  @Test
  void keptInputsAreBoundedAndTheNewestStay() throws Exception {
    Path root = data.resolve("worker");
    String first;
    String second;
    String third;
    try (Worker worker =
        new Worker(root, Map.of("keepInputBytes", 10L)).with("t", QueueTest::check)) {
      first = failed(worker, "t");
      second = failed(worker, "t");
      third = failed(worker, "t"); // five bytes each
      assertThat(root.resolve("jobs").resolve(first).resolve("input")).doesNotExist();
      assertThat(root.resolve("jobs").resolve(second).resolve("input/a.txt")).exists();
    }
    new Worker(root, Map.of("keepInputBytes", 5L)).close();
    assertThat(root.resolve("jobs").resolve(second).resolve("input")).doesNotExist();
    assertThat(root.resolve("jobs").resolve(third).resolve("input/a.txt")).exists();
    new Worker(root, Map.of("keepInputBytes", 0L)).close();
    assertThat(root.resolve("jobs").resolve(third).resolve("input")).doesNotExist();
  }
}
