package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.peerworks.lib.files.FileTrees;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the disk while jobs wait or run. Of a reserve that is half used up no more jobs are
 * started, and the running job that has used the most of it is ended, so that all others can store
 * what they have done.
 */
final class DiskWatch {

  /** How often to look, in seconds. */
  static final int PERIOD_SECONDS = 2;

  private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);

  /** A job that has less than this part of the reserve is not the one that fills the disk. */
  private static final int SMALL_PART = 8;

  private record Used(RunningJob job, long bytes) {}

  private final JobFiles files;
  private final KeptInputs kept;
  private final Scheduler scheduler;
  private final long reserve;
  private final AtomicBoolean planned = new AtomicBoolean();

  DiskWatch(Config config, JobFiles files, KeptInputs kept, Scheduler scheduler) {
    this.files = files;
    this.kept = kept;
    this.scheduler = scheduler;
    this.reserve = config.diskReserveBytes();
  }

  /** Looks soon, unless a look is planned already. Returns at once. */
  void lookOn(Executor executor) {
    if (!planned.compareAndSet(false, true)) {
      return;
    }
    try {
      executor.execute(
          () -> {
            planned.set(false);
            look();
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("The disk is not looked after any more, for the worker is stopping", e);
    }
  }

  /** Looks once. Blocks. */
  void look() {
    long free;
    try {
      free = files.usableSpace();
    } catch (IOException e) {
      LOG.warn("Cannot tell how much room is on the disk of the jobs", e);
      return;
    }
    if (free < reserve) {
      kept.deleteAll();
    }
    boolean tight = free < reserve / 2;
    if (scheduler.hold(tight)) {
      if (tight) {
        LOG.warn(
            "No job is started until there is room: the disk has {} bytes free, less than half of"
                + " the {} that are kept in reserve",
            free,
            reserve);
      } else {
        LOG.info("Jobs are started again: the disk has {} bytes free", free);
      }
    }
    if (tight) {
      endLargest(free);
    }
  }

  private void endLargest(long free) {
    List<RunningJob> running = scheduler.running();
    if (running.stream().anyMatch(RunningJob::isStopping)) {
      return; // its files go with it
    }
    List<Used> used = new ArrayList<>();
    for (RunningJob job : running) {
      try {
        used.add(new Used(job, FileTrees.size(files.job(job.id()))));
      } catch (IOException e) {
        LOG.debug("The files of job '{}' change while they are counted", job.id(), e);
      }
    }
    Optional<Used> largest = used.stream().max(Comparator.comparingLong(Used::bytes));
    largest
        .filter(one -> one.bytes() >= reserve / SMALL_PART)
        .ifPresent(
            one -> {
              LOG.warn(
                  "Ends job '{}', which has {} bytes on the disk", one.job().id(), one.bytes());
              one.job().stop(Stop.failed(reason(one.bytes(), free)));
            });
  }

  private String reason(long bytes, long free) {
    return "It filled the worker's disk: it has "
        + bytes
        + " bytes there, more than any other job, and only "
        + free
        + " are free, of "
        + reserve
        + " that are kept in reserve.";
  }
}
