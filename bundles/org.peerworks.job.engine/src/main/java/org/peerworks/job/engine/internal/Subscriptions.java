package org.peerworks.job.engine.internal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.LogListener;
import org.peerworks.job.api.Subscription;

/** All that is being delivered now. */
final class Subscriptions implements AutoCloseable {

  private final int most;
  private final Executor executor;
  private final Set<EventDelivery> events = ConcurrentHashMap.newKeySet();
  private final Set<LogDelivery> logs = ConcurrentHashMap.newKeySet();
  private volatile long lastEvent;

  Subscriptions(int most, Executor executor) {
    this.most = most;
    this.executor = executor;
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

  Subscription watch(
      StoreReaders readers, Sight sight, String jobId, long after, JobEventListener listener) {
    if (isFull()) {
      return ended(listener::onEnd);
    }
    long from = after == Long.MAX_VALUE ? lastEvent : after;
    EventDelivery delivery =
        new EventDelivery(executor, events::remove, readers, sight, jobId, from, listener);
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
    if (isFull()) {
      return ended(listener::onEnd);
    }
    LogDelivery delivery =
        new LogDelivery(
            executor, logs::remove, readers, sight, jobId, files.log(jobId), offset, listener);
    logs.add(delivery);
    delivery.wake(); // first looks at the job: nothing is missed between here and there
    return delivery;
  }

  /** Tells a listener off the caller's thread that nothing will come. */
  Subscription ended(Runnable onEnd) {
    executor.execute(onEnd);
    return () -> {};
  }

  @Override
  public void close() {
    events.forEach(Delivery::close);
    logs.forEach(Delivery::close);
  }

  private boolean isFull() {
    return events.size() + logs.size() >= most;
  }
}
