package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.peerworks.job.api.JobQuery;
import org.peerworks.job.api.JobState;
import org.peerworks.lib.files.FileTrees;

/**
 * Measures the engine: {@code JobsBenchmark directory}. A job counts when its final state is
 * stored.
 */
final class JobsBenchmark {

  private static final int JOBS = Integer.getInteger("jobs", 20_000);
  private static final int ROUNDS = Integer.getInteger("rounds", 3);
  private static final int ROWS = Integer.getInteger("rows", 1_000_000);
  private static final int SUBMITTERS = 16;
  private static final int SLOTS = 16;
  private static final int SINGLE = 2000;

  private JobsBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path top = Path.of(arguments[0]);
    FileTrees.delete(top);
    Files.createDirectories(top);
    double raw = median(Baseline.jobsPerSecond(top.resolve("raw.db"), JOBS, SUBMITTERS, ROUNDS));
    double rate;
    double[] single;
    try (Worker worker = worker(top.resolve("worker"))) {
      rate = median(rates(worker, top.resolve("worker")));
      single = submitMillis(worker);
    }
    print("SQLite alone, commits of %d jobs' rows %10.0f jobs/s", SUBMITTERS, raw);
    print("engine, %d submitters, %d slots        %10.0f jobs/s", SUBMITTERS, SLOTS, rate);
    print("  engine / SQLite alone                %10.2f", rate / raw);
    print(
        "submit to accepted, one submitter, idle  p50 %.2f ms  p99 %.2f ms",
        at(single, 50), at(single, 99));
    FileTrees.delete(top);
    Pages pages = Pages.measure(Files.createDirectories(top), ROWS);
    print(
        "%d jobs in pages of 1000: all in %.1f s, slowest page %.1f ms (of one's own: %.1f ms)",
        ROWS, pages.seconds(), pages.slowest(), pages.slowestOfOwn());
    FileTrees.delete(top);
    bar("jobs-per-second", rate, 3000, rate >= 3000);
    bar("submit-accepted-p50", at(single, 50), 2, at(single, 50) <= 2);
    bar("submit-accepted-p99", at(single, 99), 10, at(single, 99) <= 10);
  }

  static Worker worker(Path data) throws IOException {
    return new Worker(
            data, Map.of("cpuSlots", SLOTS, "maxQueued", 1 << 20, "maxQueuedPerCaller", 1 << 20))
        .with("nothing", Worker.NOTHING);
  }

  /** The first round warms up and does not count. */
  private static double[] rates(Worker worker, Path data) throws Exception {
    double[] rates = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      long before = succeeded(data);
      long start = System.nanoTime();
      submitAll(worker);
      awaitIdle(worker);
      double seconds = (System.nanoTime() - start) / 1e9;
      long stored = succeeded(data) - before;
      if (stored != JOBS) {
        throw new IllegalStateException(stored + " of " + JOBS + " jobs are stored as succeeded.");
      }
      if (round >= 0) {
        rates[round] = JOBS / seconds;
      }
    }
    return rates;
  }

  private static void submitAll(Worker worker) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    Thread[] threads = new Thread[SUBMITTERS];
    for (int t = 0; t < SUBMITTERS; t++) {
      threads[t] =
          new Thread(
              () -> {
                while (next.getAndIncrement() < JOBS) {
                  worker.submit("nothing");
                }
              });
      threads[t].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void awaitIdle(Worker worker) {
    JobQuery open = new JobQuery(Set.of(JobState.QUEUED, JobState.RUNNING), false, "", 1);
    while (!Worker.get(worker.as(Worker.ANNA).list(open)).jobs().isEmpty()) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static long succeeded(Path data) throws Exception {
    try (Connection store =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("store/peerworks.db"));
        ResultSet count =
            store
                .createStatement()
                .executeQuery("SELECT count(*) FROM job WHERE state='SUCCEEDED'")) {
      count.next();
      return count.getLong(1);
    }
  }

  /** Sorted. The engine comes to rest before each submit. */
  private static double[] submitMillis(Worker worker) {
    double[] millis = new double[SINGLE];
    for (int i = 0; i < SINGLE; i++) {
      long start = System.nanoTime();
      worker.submit("nothing");
      millis[i] = (System.nanoTime() - start) / 1e6;
      awaitIdle(worker);
    }
    Arrays.sort(millis);
    return millis;
  }

  static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static double at(double[] sorted, int percent) {
    return sorted[sorted.length * percent / 100];
  }

  private static void bar(String id, double value, double limit, boolean met) {
    print("bar %s %.2f %.0f %s", id, value, limit, met ? "met" : "missed");
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
