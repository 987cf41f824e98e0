package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobState;

/** A worker's JVM is killed while it takes jobs in. */
final class KillTest {

  @TempDir Path top;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void noAcknowledgedSubmitIsLostWhenTheWorkerIsKilled(long seed) throws Exception {
    Path data = top.resolve("worker");
    Path input = Files.writeString(top.resolve("input.txt"), "seven by seven");
    int enough = 20 + new Random(seed).nextInt(400);
    List<String> acknowledged = Submitting.acknowledgedUntilKilled(data, input, enough);
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(enough).doesNotHaveDuplicates();
    try (Worker worker = new Worker(data)) {
      int waiting = 0;
      for (String id : acknowledged) {
        assertThat(worker.job(id).id()).isEqualTo(id);
        Path placed = data.resolve("jobs").resolve(id).resolve("input").resolve("a.txt");
        Job job = worker.job(id);
        if (job.parameters().contains("with") && job.state() == JobState.QUEUED) {
          waiting++;
          assertThat(placed).hasContent("seven by seven");
        }
      }
      assertThat(waiting).isPositive();
      Set<String> known = Submitting.known(worker);
      try (var directories = Files.list(data.resolve("jobs"))) {
        assertThat(directories.map(d -> d.getFileName().toString()).filter(JobIds::isId))
            .allMatch(known::contains);
      }
    }
  }
}
