package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.peerworks.health.api.Finding;
import org.peerworks.health.api.HealthCheck;
import org.peerworks.health.api.MetricSource;
import org.peerworks.health.api.Metrics;
import org.peerworks.health.api.Vitals;
import org.peerworks.job.api.JobState;

/** How the engine is: its store, its disk, its threads; and its figures. */
final class EngineHealth implements HealthCheck, Vitals, MetricSource {

  private static final long LARGE_LOG = 256L << 20;
  private static final double MB = 1e6;
  private static final double GB = 1e9;

  private final Config config;
  private final JobFiles files;
  private final Store store;
  private final SlotPool slots;
  private final Scheduler scheduler;
  private final Threads threads;

  EngineHealth(
      Config config,
      JobFiles files,
      Store store,
      SlotPool slots,
      Scheduler scheduler,
      Threads threads) {
    this.config = config;
    this.files = files;
    this.store = store;
    this.slots = slots;
    this.scheduler = scheduler;
    this.threads = threads;
  }

  /** A write that changes nothing costs no sync; the timer's thread takes the scheduler's lock. */
  @Override
  public Map<String, CompletionStage<?>> ask() {
    CompletableFuture<Integer> scheduled =
        CompletableFuture.supplyAsync(() -> scheduler.running().size(), threads.timer());
    return Map.of(
        "job scheduler", scheduled, "job store writer", store.writer().write(rows -> null));
  }

  @Override
  public List<Finding> check() throws IOException, InterruptedException {
    List<Finding> findings = new ArrayList<>();
    findings.add(writable());
    findings.add(log());
    findings.add(room(files.usableSpace(), config.diskReserveBytes()));
    return findings;
  }

  private Finding writable() throws InterruptedException {
    try {
      store.writer().write(rows -> null).get();
      return Files.isWritable(files.database())
          ? Finding.ok("The job store takes what is written")
          : Finding.error(
              "The job store '" + files.database() + "' cannot be written",
              "Make it writable for the user '" + System.getProperty("user.name") + "'.");
    } catch (ExecutionException e) {
      return Finding.error(
          Trouble.of(e.getCause())
              .map(trouble -> "The job store fails: " + trouble.what())
              .orElse("The job store fails: " + e.getCause()),
          "Look into the worker's log. If the disk is full make room: the store goes on by itself.");
    }
  }

  private Finding log() throws IOException {
    Path log = files.database().resolveSibling(files.database().getFileName() + "-wal");
    long size = Files.exists(log) ? Files.size(log) : 0;
    String found =
        "The job store has %.1f MB, and %.1f MB that wait to be moved into it"
            .formatted(Files.size(files.database()) / MB, size / MB);
    return size < LARGE_LOG
        ? Finding.ok(found)
        : Finding.warning(
            found,
            "Something reads the store all the time. Close other programs that have '"
                + files.database()
                + "' open; a restart of the worker moves it too.");
  }

  /** What {@link Admission} and {@link DiskWatch} do, in words. */
  static Finding room(long free, long reserve) {
    String found =
        "%.1f GB free, of which %.1f GB are kept in reserve".formatted(free / GB, reserve / GB);
    String mend =
        "Delete files, or lower 'keepDays' or 'diskReserveBytes' in "
            + Config.PID
            + ".cfg. Jobs go on by themselves once there is room.";
    if (free < reserve / 2) {
      return Finding.error(found + "; no job is started, and new ones are refused", mend);
    }
    return free < reserve
        ? Finding.error(found + "; new jobs are refused", mend)
        : Finding.ok(found);
  }

  @Override
  public void measure(Metrics to) {
    Map<JobState, Long> jobs = count();
    for (JobState state : JobState.values()) {
      to.gauge(
          "peerworks_jobs",
          "Jobs that the worker knows, by state; those that have ended until they are deleted.",
          jobs.getOrDefault(state, 0L),
          "state",
          state.name().toLowerCase(Locale.ROOT));
    }
    to.gauge("peerworks_queue_length", "Jobs that wait.", jobs.getOrDefault(JobState.QUEUED, 0L));
    List<RunningJob> running = scheduler.running();
    for (String kind : List.of(SlotPool.CPU, SlotPool.GPU)) {
      long used = running.stream().filter(job -> job.slot().kind().equals(kind)).count();
      long all = slots.count(kind);
      String help = "Slots by kind: jobs that hold one, and how many more could.";
      to.gauge("peerworks_slots", help, used, "kind", kind, "state", "used");
      to.gauge("peerworks_slots", help, Math.max(0, all - used), "kind", kind, "state", "free");
    }
    to.gauge(
        "peerworks_jobs_disk_reserve_bytes",
        "Room on the disk below which new jobs are refused.",
        config.diskReserveBytes());
  }

  private Map<JobState, Long> count() {
    try {
      return store.readers().read(Queries::count);
    } catch (IOException e) {
      throw new IllegalStateException("The jobs cannot be counted.", e);
    }
  }
}
