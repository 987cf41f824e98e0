package org.peerworks.job.engine.internal;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.LogListener;
import org.peerworks.job.api.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that is being delivered now. */
final class Subscriptions implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

  private final Config config;
  private final Executor executor;
  private final ScheduledExecutorService timer;
  private final Shares shares;
  private final Set<EventDelivery> events = ConcurrentHashMap.newKeySet();
  private final Set<LogDelivery> logs = ConcurrentHashMap.newKeySet();
  private volatile long lastEvent;

  Subscriptions(Config config, Executor executor, ScheduledExecutorService timer) {
    this.config = config;
    this.executor = executor;
    this.timer = timer;
    this.shares =
        new Shares(
            config.maxSubscriptions(),
            config.maxSubscriptionsPerCaller(),
            config.assuredPerCaller());
  }

  /** New events are stored, the last of which has this number. */
  void committed(long number) {
    if (number > lastEvent) {
      lastEvent = number;
      events.forEach(Delivery::wake);
    }
  }

  /** A job's log has grown, or the job has ended and that is stored. Returns at once. */
  void logMoved(String jobId) {
    for (LogDelivery log : logs) {
      if (log.isOf(jobId)) {
        log.wake();
      }
    }
  }

  /** A job's program said something. Returns at once. */
  void reported(StoredJob job, String json) {
    for (EventDelivery delivery : events) {
      if (delivery.wants(job)) {
        delivery.report(json);
      }
    }
  }

  Subscription watch(
      StoreReaders readers, Sight sight, String jobId, long after, JobEventListener listener) {
    Optional<JobException> refusal = take(sight);
    if (refusal.isPresent()) {
      return refused(() -> listener.onFailed(refusal.get()));
    }
    long from = after == Long.MAX_VALUE ? lastEvent : after;
    EventDelivery delivery =
        new EventDelivery(
            executor, timer, gone(events, sight), readers, sight, jobId, from, listener);
    events.add(delivery);
    delivery.wake();
    return delivery;
  }

  Subscription follow(
      StoreReaders readers,
      Sight sight,
      JobFiles files,
      String jobId,
      long offset,
      LogListener listener) {
    Optional<JobException> refusal = take(sight);
    if (refusal.isPresent()) {
      return refused(() -> listener.onFailed(refusal.get()));
    }
    LogDelivery delivery =
        new LogDelivery(
            executor,
            timer,
            gone(logs, sight),
            readers,
            sight,
            jobId,
            files.log(jobId),
            offset,
            listener);
    logs.add(delivery);
    delivery.wake(); // first looks at the job: nothing is missed between here and there
    return delivery;
  }

  /** Tells a listener off the caller's thread that nothing will come. */
  Subscription refused(Runnable telling) {
    try {
      executor.execute(telling);
    } catch (RejectedExecutionException e) {
      LOG.debug("A subscription is refused on its caller's thread, for the worker is stopping", e);
      telling.run();
    }
    return () -> {};
  }

  @Override
  public void close() {
    events.forEach(Delivery::close);
    logs.forEach(Delivery::close);
  }

  private Optional<JobException> take(Sight sight) {
    Shares.Verdict verdict;
    synchronized (shares) {
      verdict = shares.take(sight.caller().id());
    }
    return switch (verdict) {
      case TAKEN -> Optional.empty();
      case TOO_MANY ->
          limit(
              "You follow "
                  + config.maxSubscriptionsPerCaller()
                  + " events and logs, the most that one caller may follow here at once. End some.");
      case FULL ->
          limit(
              "So many events and logs are followed on this worker that there is no room for"
                  + " another one now. Try again later.");
    };
  }

  private static Optional<JobException> limit(String message) {
    return Optional.of(new JobException(JobException.Code.LIMIT, message));
  }

  /** Told more than once of the same delivery, which counts once. */
  private <T extends Delivery> Consumer<Delivery> gone(Set<T> deliveries, Sight sight) {
    return delivery -> {
      if (deliveries.remove(delivery)) {
        synchronized (shares) {
          shares.giveBack(sight.caller().id());
        }
      }
    };
  }
}
