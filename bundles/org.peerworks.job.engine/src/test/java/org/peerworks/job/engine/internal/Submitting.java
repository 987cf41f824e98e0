package org.peerworks.job.engine.internal;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.peerworks.job.api.JobPage;
import org.peerworks.job.api.JobQuery;
import org.peerworks.job.api.JobResult;

/** A worker in a JVM of its own that submits, with and without inputs, until it is killed. */
final class Submitting {

  private static final int SUBMITTERS = 4;

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
            1,
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

  /**
   * Jobs that it said were accepted, once it is gone.
   *
   * @param enough after so many it is killed
   */
  static List<String> acknowledgedUntilKilled(Path data, Path input, int enough) throws Exception {
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

  /** All jobs of a worker. */
  static Set<String> known(Worker worker) {
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
}
