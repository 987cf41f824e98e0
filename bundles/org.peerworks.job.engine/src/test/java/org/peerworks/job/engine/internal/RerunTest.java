package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobContext;
import org.peerworks.job.api.JobQuery;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.Program;

/** A worker's JVM is killed while a job of two programs runs; the next one goes on with it. */
final class RerunTest {

  private static final int MODELS = 2;
  private static final int LINES = 12;

  /** About how long the whole job takes. */
  private static final int JOB_MILLIS = 900;

  private static final String BEGUN = "The job is there.";

  @TempDir Path top;

  @Test
  void aJobGoesOnWhereverItsWorkerWasKilled() throws Exception {
    killAndGoOn(6);
  }

  @Test
  @Tag("long")
  void aJobGoesOnWhereverItsWorkerWasKilledHundredsOfTimes() throws Exception {
    killAndGoOn(250);
  }

  @Test
  void aJobGoesOnWhereverItsWorkerWasStoppedInGoodOrder() throws Exception {
    long seed = Long.getLong("peerworks.seed", System.nanoTime());
    System.out.println("Stopped at -Dpeerworks.seed=" + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 5; i++) {
      Path data = Files.createDirectories(top.resolve("stopped-" + i));
      try (Worker worker = new Worker(data)) {
        worker.withRerun("two", RerunTest::run);
        worker.engine.setPrograms(new KeptPrograms());
        worker.awaitRunning(worker.submit("two").id());
        new CountDownLatch(1).await(random.nextInt(JOB_MILLIS), TimeUnit.MILLISECONDS);
      }
      ended(data, "round " + i);
    }
  }

  private void killAndGoOn(int times) throws Exception {
    long seed = Long.getLong("peerworks.seed", System.nanoTime());
    System.out.println("Killed at -Dpeerworks.seed=" + seed);
    Random random = new Random(seed);
    int found = 0;
    for (int i = 0; i < times; i++) {
      int kills = 1 + random.nextInt(2);
      Path data = Files.createDirectories(top.resolve("worker-" + i));
      for (int kill = 0; kill < kills; kill++) {
        killed(data, random.nextInt(JOB_MILLIS / kills));
      }
      found += ended(data, "round " + i) ? 1 : 0;
    }
    System.out.println(found + " of " + times + " jobs ran when their worker was killed");
    assertThat(found).isPositive();
  }

  /** Runs a worker with one job, and kills it. */
  private static void killed(Path data, int millis) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      awaitBegun(child);
      child.waitFor(millis, TimeUnit.MILLISECONDS);
    } finally {
      child.destroyForcibly().waitFor(); // SIGKILL
    }
  }

  private static void awaitBegun(Process child) throws IOException {
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII));
    String line = lines.readLine();
    while (!BEGUN.equals(line)) {
      assertThat(line).as("the worker ended").isNotNull();
      line = lines.readLine();
    }
  }

  /** Whether the job still ran. */
  private static boolean ended(Path data, String round) throws Exception {
    boolean ran;
    try (Worker worker = new Worker(data)) {
      ran = all(worker).get(0).state() == JobState.RUNNING;
      worker.withRerun("two", RerunTest::run);
      worker.engine.setPrograms(new KeptPrograms());
      Job job = worker.awaitEnd(all(worker).get(0).id());
      assertThat(job.state()).as(round + ": " + job.reason()).isEqualTo(JobState.SUCCEEDED);
      assertThat(Files.readAllLines(data.resolve("jobs").resolve(job.id()).resolve("log")))
          .as(round)
          .isEqualTo(wholeLog());
    }
    assertThat(data.resolve("starts")).as(round).hasContent("1\n2\n");
    return ran;
  }

  private static List<Job> all(Worker worker) {
    return Worker.get(worker.as(Worker.ANNA).list(new JobQuery(Set.of(), false, "", 10))).jobs();
  }

  private static List<String> wholeLog() {
    List<String> log = new ArrayList<>();
    for (int model = 1; model <= MODELS; model++) {
      log.add("Model " + model);
      log.addAll(lines(model));
      log.add("Heard " + LINES);
    }
    return log;
  }

  private static List<String> lines(int model) {
    return IntStream.rangeClosed(1, LINES).mapToObj(i -> "model " + model + " line " + i).toList();
  }

  private static JobResult run(JobContext context) throws IOException {
    for (int model = 1; model <= MODELS; model++) {
      context.log("Model " + model);
      String script =
          "echo %1$d >> ../../../starts; for i in $(seq %2$d); do echo model %1$d line $i; sleep 0.03; done"
              .formatted(model, LINES);
      List<String> heard = new ArrayList<>();
      Program program = new Program("sh", List.of("-c", script), context.workDirectory(), Map.of());
      int status = context.step("model-" + model, program, heard::add).status();
      if (status != 0 || !heard.equals(lines(model))) {
        return JobResult.failed("Status " + status + ", heard " + heard, "{}", Map.of());
      }
      context.log("Heard " + heard.size());
    }
    return JobResult.succeeded("{}", Map.of());
  }

  /** The worker that is killed; it goes on with the job that an earlier one was killed at. */
  static final class Child {

    private Child() {}

    public static void main(String[] arguments) throws Exception {
      Worker worker = new Worker(Path.of(arguments[0]));
      worker.withRerun("two", RerunTest::run);
      worker.engine.setPrograms(new KeptPrograms());
      if (all(worker).isEmpty()) {
        worker.submit("two");
      }
      System.out.println(BEGUN);
      System.out.flush();
    }
  }
}
