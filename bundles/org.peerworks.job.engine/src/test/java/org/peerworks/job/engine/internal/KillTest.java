package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobPage;
import org.peerworks.job.api.JobQuery;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;

/** A worker's JVM is killed while it takes jobs in. */
final class KillTest {

  private static final int SUBMITTERS = 4;

  @TempDir Path top;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void noAcknowledgedSubmitIsLostWhenTheWorkerIsKilled(long seed) throws Exception {
    Path data = top.resolve("worker");
    Path input = Files.writeString(top.resolve("input.txt"), "seven by seven");
    int enough = 20 + new Random(seed).nextInt(400);
    List<String> acknowledged = acknowledgedUntilKilled(data, input, enough);
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
      Set<String> known = known(worker);
      try (var directories = Files.list(data.resolve("jobs"))) {
        assertThat(directories.map(d -> d.getFileName().toString()).filter(JobIds::isId))
            .allMatch(known::contains);
      }
    }
  }

  /** What the child has printed in whole lines when it is gone. */
  private static List<String> acknowledgedUntilKilled(Path data, Path input, int enough)
      throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Submitting.class.getName(),
                data.toString(),
                input.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> acknowledged = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
      String line = lines.readLine();
      while (line != null) {
        if (line.startsWith("id ") && line.endsWith(" .")) {
          acknowledged.add(line.substring(3, line.length() - 2));
        }
        if (acknowledged.size() == enough) {
          child.toHandle().destroyForcibly(); // SIGKILL; what is in the pipe is read on
        }
        line = lines.readLine();
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
    return acknowledged;
  }

  private static Set<String> known(Worker worker) {
    Set<String> ids = new HashSet<>();
    String before = "";
    do {
      JobPage page =
          Worker.get(worker.as(Worker.ANNA).list(new JobQuery(Set.of(), false, before, 1000)));
      page.jobs().forEach(job -> ids.add(job.id()));
      before = page.next();
    } while (!before.isEmpty());
    return ids;
  }

  /** The child: submits, with and without inputs, until it is killed. */
  static final class Submitting {

    private Submitting() {}

    public static void main(String[] arguments) throws Exception {
      Path input = Path.of(arguments[1]);
      Worker worker =
          new Worker(
              Path.of(arguments[0]),
              Map.of(
                  "cpuSlots",
                  4,
                  "gpuSlots",
                  1,
                  "maxQueuedPerCaller",
                  1_000_000,
                  "maxQueued",
                  1_000_000));
      worker.with(
          "log",
          context -> {
            context.log("Runs.");
            return JobResult.succeeded("{}", Map.of());
          });
      worker.engine.addType( // all but the first wait for it, so that their inputs are kept
          new RegisteredType(
              "wait",
              "1.0.0",
              SlotPool.GPU,
              false,
              false,
              new ParameterSchema(ParameterSchema.ANY),
              context -> {
                new CountDownLatch(1).await();
                return JobResult.succeeded("{}", Map.of());
              }));
      for (int t = 0; t < SUBMITTERS; t++) {
        boolean with = t == 0;
        new Thread(() -> submitAll(worker, with ? Map.of("a.txt", input) : Map.of())).start();
      }
    }

    private static void submitAll(Worker worker, Map<String, Path> inputs) {
      String parameters = inputs.isEmpty() ? "{}" : "{\"with\":true}";
      String type = inputs.isEmpty() ? "log" : "wait";
      while (true) {
        String id = worker.submit(Worker.request(type, parameters, inputs)).id();
        synchronized (System.out) {
          System.out.println("id " + id + " .");
          System.out.flush();
        }
      }
    }
  }
}
