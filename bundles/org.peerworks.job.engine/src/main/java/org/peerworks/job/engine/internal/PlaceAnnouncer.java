package org.peerworks.job.engine.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores an event for each job near the head of the queue that has moved, a few times a second. */
final class PlaceAnnouncer {

  private static final Logger LOG = LoggerFactory.getLogger(PlaceAnnouncer.class);
  private static final long GAP_MILLIS = 200;

  private final StoreWriter writer;
  private final ScheduledExecutorService timer;
  private final Clock clock;
  private final Supplier<Map<String, Integer>> places;
  private final AtomicBoolean planned = new AtomicBoolean();
  private Map<String, Integer> told = Map.of();

  PlaceAnnouncer(
      StoreWriter writer,
      ScheduledExecutorService timer,
      Clock clock,
      Supplier<Map<String, Integer>> places) {
    this.writer = writer;
    this.timer = timer;
    this.clock = clock;
    this.places = places;
  }

  /** The queue has changed. Returns at once. */
  void changed() {
    if (planned.compareAndSet(false, true)) {
      try {
        timer.schedule(this::announce, GAP_MILLIS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.debug("The worker stops; nobody needs to know places any more", e);
      }
    }
  }

  private synchronized void announce() {
    planned.set(false);
    Map<String, Integer> now = places.get();
    Map<String, Integer> moved = new HashMap<>(now);
    moved.entrySet().removeAll(told.entrySet());
    told = now;
    if (moved.isEmpty()) {
      return;
    }
    Instant time = clock.instant();
    writer
        .write(
            rows -> {
              for (Map.Entry<String, Integer> job : moved.entrySet()) {
                rows.moved(job.getKey(), time, job.getValue());
              }
              return null;
            })
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.warn("The places in the queue were not stored", failure);
              }
            });
  }
}
