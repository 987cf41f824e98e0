package org.peerworks.job.engine.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.peerworks.job.api.JobResult;
import org.peerworks.lib.files.FileTrees;

/**
 * Measures durable jobs that do nothing: {@code JobRate [directory [jobs [submitters [slots]]]]}.
 */
final class JobRate {

  private JobRate() {}

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments.length > 0 ? arguments[0] : "target/rate");
    int jobs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20_000;
    int submitters = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 16;
    int slots = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 16;
    FileTrees.delete(data);
    Files.createDirectories(data);
    AtomicInteger done = new AtomicInteger();
    try (Worker worker =
        new Worker(data, Map.of("cpuSlots", slots, "maxQueuedPerCaller", Integer.MAX_VALUE))) {
      worker.with(
          "nothing",
          context -> {
            done.incrementAndGet();
            return JobResult.succeeded("{}", Map.of());
          });
      for (int round = 1; round <= 3; round++) {
        long[] nanos = new long[jobs];
        AtomicInteger next = new AtomicInteger();
        int goal = done.get() + jobs;
        long start = System.nanoTime();
        Thread[] threads = new Thread[submitters];
        for (int t = 0; t < submitters; t++) {
          threads[t] =
              new Thread(
                  () -> {
                    for (int i = next.getAndIncrement(); i < jobs; i = next.getAndIncrement()) {
                      long begin = System.nanoTime();
                      worker.submit("nothing");
                      nanos[i] = System.nanoTime() - begin;
                    }
                  });
          threads[t].start();
        }
        for (Thread thread : threads) {
          thread.join();
        }
        double submitted = (System.nanoTime() - start) / 1e9;
        org.awaitility.Awaitility.await()
            .atMost(java.time.Duration.ofMinutes(5))
            .pollInterval(java.time.Duration.ofMillis(5))
            .until(() -> done.get() >= goal);
        double seconds = (System.nanoTime() - start) / 1e9;
        Arrays.sort(nanos);
        System.out.printf(
            "round %d: %d jobs, %d submitters, %d slots: %.0f jobs/s (submitted %.0f/s),"
                + " submit p50 %.2f ms p99 %.2f ms%n",
            round,
            jobs,
            submitters,
            slots,
            jobs / seconds,
            jobs / submitted,
            nanos[jobs / 2] / 1e6,
            nanos[jobs * 99 / 100] / 1e6);
      }
    }
  }
}
