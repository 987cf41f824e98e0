package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobState;
import org.peerworks.lib.files.FileTrees;

/**
 * The power goes while a worker takes jobs in: writes after the last sync are there or not, page by
 * page, and so are new names.
 */
final class PowerCutTest {

  /** Several states of the disk are possible after one cut. */
  private static final int OUTCOMES = 5;

  @TempDir Path top;

  @Test
  void noAcknowledgedSubmitIsLostInAPowerCut() throws Exception {
    cutOften(2);
  }

  @Test
  @Tag("long")
  void noneIsLostInManyPowerCuts() throws Exception {
    cutOften(100);
  }

  private void cutOften(int cuts) throws Exception {
    long seed = Long.getLong("peerworks.seed", System.nanoTime());
    System.out.println("Cut at -Dpeerworks.seed=" + seed);
    Random random = new Random(seed);
    Path input = Files.writeString(top.resolve("input.txt"), "seven by seven");
    int jobs = 0;
    for (int i = 0; i < cuts; i++) {
      try (LossyDisk disk = new LossyDisk(top.resolve("disk-" + i))) {
        int enough = 1 + random.nextInt(200);
        List<String> acknowledged =
            Submitting.acknowledgedUntilKilled(disk.path().resolve("worker"), input, enough);
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(enough);
        jobs += acknowledged.size();
        for (int outcome = 0; outcome < OUTCOMES; outcome++) {
          Path after = top.resolve("after");
          disk.cut(random.nextLong(), after);
          expectAll(acknowledged, after.resolve("worker"));
          FileTrees.delete(after);
        }
      }
    }
    System.out.printf(
        "%d jobs were acknowledged before %d power cuts with %d outcomes each; all were there%n",
        jobs, cuts, OUTCOMES);
  }

  private static void expectAll(List<String> acknowledged, Path data) throws Exception {
    try (Worker worker = new Worker(data)) {
      Set<String> known = Submitting.known(worker);
      assertThat(known).containsAll(acknowledged);
      for (String id : acknowledged) {
        Job job = worker.job(id);
        if (job.parameters().contains("with") && job.state() == JobState.QUEUED) {
          assertThat(data.resolve("jobs").resolve(id).resolve("input").resolve("a.txt"))
              .hasContent("seven by seven");
        }
      }
      try (var directories = Files.list(data.resolve("jobs"))) {
        assertThat(directories.map(d -> d.getFileName().toString()).filter(JobIds::isId))
            .allMatch(known::contains);
      }
    }
  }
}
