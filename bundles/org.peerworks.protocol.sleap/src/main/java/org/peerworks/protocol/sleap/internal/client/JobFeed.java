package org.peerworks.protocol.sleap.internal.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.peerworks.job.api.JobEvent;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.Subscription;

/**
 * What happens to one job. States are kept for those who come later; of progress and of the
 * trainer's messages a slow listener gets the latest. Thread-safe.
 */
final class JobFeed {

  private static final int MOST_REPORTS = 256;

  private final Executor pool;
  private final List<JobEvent> states = new ArrayList<>();
  private final List<Watcher> watchers = new ArrayList<>();
  private boolean ended;

  JobFeed(Executor pool) {
    this.pool = pool;
  }

  void add(JobEvent event) {
    List<Watcher> wake;
    synchronized (this) {
      if (ended) {
        return;
      }
      if (event instanceof JobEvent.StateChanged) {
        states.add(event);
      }
      watchers.forEach(watcher -> watcher.offer(event));
      wake = List.copyOf(watchers);
    }
    wake.forEach(Watcher::wake);
  }

  void end() {
    List<Watcher> wake;
    synchronized (this) {
      ended = true;
      wake = List.copyOf(watchers);
    }
    wake.forEach(Watcher::wake);
  }

  /**
   * @param after number of the last event that is not wanted
   */
  Subscription watch(long after, JobEventListener listener) {
    Watcher watcher = new Watcher(listener);
    synchronized (this) {
      states.stream().filter(event -> event.number() > after).forEach(watcher::offer);
      watchers.add(watcher);
    }
    watcher.wake();
    return watcher;
  }

  /** Delivers the events to one listener, one by one. */
  private final class Watcher implements Subscription {

    private final JobEventListener listener;
    private final Deque<JobEvent> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean closed;

    Watcher(JobEventListener listener) {
      this.listener = listener;
    }

    /** With the lock held. */
    void offer(JobEvent event) {
      if (event instanceof JobEvent.Progressed) {
        waiting.removeIf(JobEvent.Progressed.class::isInstance);
      } else if (event instanceof JobEvent.Reported && waiting.size() >= MOST_REPORTS) {
        waiting.stream()
            .filter(JobEvent.Reported.class::isInstance)
            .findFirst()
            .ifPresent(waiting::remove);
      }
      waiting.add(event);
    }

    void wake() {
      synchronized (JobFeed.this) {
        if (busy || closed) {
          return;
        }
        busy = true;
      }
      pool.execute(this::next);
    }

    private void next() {
      JobEvent event;
      synchronized (JobFeed.this) {
        if (closed) {
          return;
        }
        event = waiting.poll();
        if (event == null && !ended) {
          busy = false;
          return;
        }
      }
      if (event == null) {
        close();
        listener.onEnd();
        return;
      }
      listener
          .onEvent(event)
          .whenComplete(
              (nothing, failure) -> {
                if (failure == null) {
                  pool.execute(this::next);
                } else {
                  close();
                }
              });
    }

    @Override
    public void close() {
      synchronized (JobFeed.this) {
        closed = true;
        watchers.remove(this);
      }
    }
  }
}
