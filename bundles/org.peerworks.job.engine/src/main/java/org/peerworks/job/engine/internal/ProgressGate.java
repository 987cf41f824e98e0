package org.peerworks.job.engine.internal;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.peerworks.job.api.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a job's latest progress and stores it as an event, at most twice a second. Thread-safe. */
final class ProgressGate {

  private static final Logger LOG = LoggerFactory.getLogger(ProgressGate.class);
  private static final long GAP_MILLIS = 500;
  private static final int MAX_MESSAGE = 500;
  private static final int MAX_UNIT = 40;

  private final JobRef job;
  private final StoreWriter writer;
  private final ScheduledExecutorService timer;
  private final Clock clock;
  private Progress latest;
  private boolean stored = true;
  private boolean waiting;
  private boolean ended;

  ProgressGate(JobRef job, StoreWriter writer, ScheduledExecutorService timer, Clock clock) {
    this.job = job;
    this.writer = writer;
    this.timer = timer;
    this.clock = clock;
  }

  synchronized Optional<Progress> latest() {
    return Optional.ofNullable(latest);
  }

  synchronized void report(Progress progress) {
    if (ended) {
      return;
    }
    latest =
        new Progress(
            progress.done(),
            progress.total(),
            cut(progress.unit(), MAX_UNIT),
            cut(progress.message(), MAX_MESSAGE));
    stored = false;
    if (!waiting) {
      waiting = true;
      store();
      timer.schedule(this::open, GAP_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Stores the last progress; what is reported later is dropped. */
  synchronized void end() {
    store();
    ended = true;
  }

  private synchronized void open() {
    waiting = false;
    if (!stored && !ended) {
      waiting = true;
      store();
      timer.schedule(this::open, GAP_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void store() {
    if (stored) {
      return;
    }
    stored = true;
    Progress progress = latest;
    writer
        .write(
            rows -> {
              rows.progressed(job.seq(), clock.instant(), progress);
              return null;
            })
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.warn("The progress of job '{}' was not stored", job.id(), failure);
              }
            });
  }

  private static String cut(String text, int most) {
    return text.length() > most ? text.substring(0, most) : text;
  }
}
