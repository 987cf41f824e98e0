package org.peerworks.itests.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/**
 * Many jobs in one worker, of which some fail, are cancelled or are left by their clients, leave
 * nothing behind: memory, threads, file handles, programs, files.
 */
@Tag("long")
class SoakIT {

  private static final Pattern ID = Pattern.compile("id=([^,\\]]+)");
  private static final Pattern STATE = Pattern.compile("\"state\":\"(\\w+)\"");
  private static final int JOBS = Integer.getInteger("peerworks.soak.jobs", 1_000);

  /** Of one round 6 succeed (one of a client that has left), 2 fail and 2 are cancelled. */
  private static final int ROUND = 10;

  private static final int KEPT = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What caches and lazily loaded classes may add, in bytes. */
  private static final long HEAP_SLACK = 16 << 20;

  private static final long OUTSIDE_SLACK = 64 << 20;

  /** Room of the rows of all jobs, which the store keeps for those to come. */
  private static final long STORE_SLACK = 8 << 20;

  private static final long DATA_SLACK = 256 << 10;
  private static final int SLACK = 5;

  @TempDir Path directory;

  private Worker worker;
  private Trainer trainer;

  @BeforeEach
  void startWorker() throws Exception {
    trainer = new Trainer(directory);
    Files.createFile(trainer.go());
    worker =
        Worker.start(
            data(),
            Map.of(
                "org.peerworks.job.process",
                trainer.configuration(),
                "org.peerworks.job.engine",
                Map.of("cpuSlots", 2, "gpuSlots", 0, "keepJobs", KEPT, "stopGraceSeconds", 2)));
    worker.install(Path.of(System.getProperty("peerworks.toy")));
    worker.awaitShell("job:types", "shout");
    worker.awaitShell("job:types", "train");
  }

  @AfterEach
  void stopWorker() {
    worker.close();
  }

  private Path data() {
    return directory.resolve("data");
  }

  @Test
  void aThousandJobsLeaveNothingBehind() throws Exception {
    run(KEPT + 2 * ROUND);
    forgetOldJobs();
    Footprint before = Footprint.of(data());
    run(JOBS);
    requireEnds(JOBS);
    // The engine that ran these jobs is measured, with all of them in its store.
    Footprint running = settled(before, KEPT + JOBS);
    forgetOldJobs();
    Footprint forgotten = settled(before, KEPT);
    assertThat(forgotten.data()).isLessThanOrEqualTo(before.data() + STORE_SLACK);

    run(JOBS / 5);
    forgetOldJobs();
    Footprint again = settled(before, KEPT);
    // The store keeps the room of deleted rows for those to come, and needs no more.
    assertThat(again.data()).isLessThanOrEqualTo(forgotten.data() + DATA_SLACK);
    System.out.println("Without a restart:");
    System.out.println(Footprint.table(before, running));
    System.out.println("After the old jobs were deleted, and others ran:");
    System.out.println(Footprint.table(before, again));
  }

  /** What the worker takes as soon as it takes no more than before, with at most so many jobs. */
  private Footprint settled(Footprint before, int jobs) {
    Footprint[] last = new Footprint[1];
    try {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () -> {
                last[0] = Footprint.of(data());
                requireNoMore(last[0], before);
                assertThat(last[0].jobs()).isLessThanOrEqualTo(jobs);
              });
    } catch (ConditionTimeoutException e) {
      System.out.println(Footprint.table(before, last[0]));
      throw e;
    }
    return last[0];
  }

  private static void requireNoMore(Footprint after, Footprint before) {
    assertThat(after.heap()).isLessThanOrEqualTo(before.heap() + HEAP_SLACK);
    assertThat(after.outside()).isLessThanOrEqualTo(before.outside() + OUTSIDE_SLACK);
    assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + SLACK);
    assertThat(after.handles()).isLessThanOrEqualTo(before.handles() + SLACK);
    assertThat(after.programs()).isZero();
    assertThat(after.temporary()).isZero();
  }

  private void run(int jobs) throws Exception {
    Path good = trainer.trainingPackage("good");
    Path fails = trainer.trainingPackage("fails");
    Path hangs = trainer.trainingPackage("hangs");
    for (int i = 0; i < jobs; i += ROUND) {
      String hanging = submit("train '{}' " + hangs);
      for (int j = 0; j < 4; j++) {
        submit("shout '{\"text\": \"job " + i + "\"}'");
      }
      submit("shout '{\"text\": \"stumble\"}'");
      submit("train '{}' " + good);
      submit("train '{}' " + fails);
      worker.shell("toy:vanish");
      worker.shell("job:cancel " + submit("train '{}' " + good));
      worker.awaitShell("job:log " + hanging, "Epoch 1/2");
      assertThat(worker.shell("job:cancel " + hanging)).contains("CANCELLED");
      worker.awaitShell("job:list", "No job waits or runs.*");
    }
    worker.shell("toy:gone");
  }

  /** How the last jobs ended; of those that are cancelled at once some may be quicker. */
  private void requireEnds(int jobs) throws Exception {
    Map<String, Integer> ends = new TreeMap<>();
    Matcher state = STATE.matcher(worker.shell("job:list --all --json"));
    for (int i = 0; i < jobs && state.find(); i++) {
      ends.merge(state.group(1), 1, Integer::sum);
    }
    System.out.println(jobs + " jobs: " + ends);
    int rounds = jobs / ROUND;
    assertThat(ends).containsOnlyKeys("SUCCEEDED", "FAILED", "CANCELLED");
    assertThat(ends.get("FAILED")).isEqualTo(2 * rounds);
    assertThat(ends.get("SUCCEEDED")).isBetween(6 * rounds, 7 * rounds);
    assertThat(ends.get("CANCELLED")).isBetween(rounds, 2 * rounds);
    assertThat(ends.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(jobs);
  }

  private String submit(String job) throws Exception {
    return id(worker.shell("job:submit " + job));
  }

  /** The oldest are deleted when the job engine starts, and every hour. */
  private void forgetOldJobs() throws Exception {
    Bundle engine = worker.bundle("org.peerworks.job.engine");
    engine.stop();
    engine.start();
    worker.awaitShell("job:types", "shout");
    await().atMost(PATIENCE).until(() -> data().resolve("jobs").toFile().list().length <= KEPT);
    worker.awaitShell("worker:info", "available");
  }

  private static String id(String shown) {
    Matcher matcher = ID.matcher(shown);
    assertThat(matcher.find()).as(shown).isTrue();
    return matcher.group(1);
  }
}
