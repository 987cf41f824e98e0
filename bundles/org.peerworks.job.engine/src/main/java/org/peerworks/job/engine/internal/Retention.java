package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.peerworks.lib.files.ClockWatch;
import org.peerworks.lib.files.FileTrees;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes ended jobs that are too old or too many, with their directories. */
final class Retention {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final int BATCH = 500;

  private final Config config;
  private final Store store;
  private final JobFiles files;
  private final Clock clock;
  private final ClockWatch watch;
  private boolean byAge;

  Retention(Config config, Store store, JobFiles files, Clock clock, ClockWatch watch) {
    this.config = config;
    this.store = store;
    this.files = files;
    this.clock = clock;
    this.watch = watch;
  }

  /** Deletes what is due. Blocks. */
  void run() {
    byAge = watch.steady() && config.keepDays() > 0;
    try {
      int count = 0;
      for (List<JobRef> due = due(); !due.isEmpty(); due = due()) {
        List<JobRef> jobs = due;
        // The rows go first: a directory without a row is deleted at the next start at the latest.
        store
            .writer()
            .write(
                rows -> {
                  for (JobRef job : jobs) {
                    rows.deleteJob(job.seq());
                  }
                  return null;
                })
            .join();
        jobs.forEach(this::deleteDirectory);
        count += jobs.size();
      }
      if (count > 0) {
        LOG.info("Deleted {} ended jobs that were too old or too many", count);
      }
      emptyUnknown();
    } catch (IOException | RuntimeException e) {
      LOG.error("Ended jobs that are too old or too many were not all deleted", e);
    }
  }

  /** What was set aside is looked for soon, or not at all. */
  private void emptyUnknown() throws IOException {
    if (byAge) {
      for (Path directory : files.setAsideBefore(oldest())) {
        LOG.info("Deletes '{}', which was set aside {} days ago", directory, config.keepDays());
        FileTrees.delete(directory);
      }
    }
  }

  private Instant oldest() {
    return clock.instant().minus(Duration.ofDays(config.keepDays()));
  }

  private void deleteDirectory(JobRef job) {
    try {
      files.delete(job.id());
    } catch (IOException | RuntimeException e) {
      LOG.warn("The directory of the deleted job '{}' stays until the next start", job.id(), e);
    }
  }

  private List<JobRef> due() throws IOException {
    if (byAge) {
      List<JobRef> old = store.readers().read(q -> q.endedBefore(oldest(), BATCH));
      if (!old.isEmpty()) {
        return old;
      }
    }
    return config.keepJobs() > 0
        ? store.readers().read(q -> q.endedBeyond(config.keepJobs(), BATCH))
        : List.of();
  }
}
