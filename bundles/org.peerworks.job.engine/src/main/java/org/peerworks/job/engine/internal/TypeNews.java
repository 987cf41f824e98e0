package org.peerworks.job.engine.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.peerworks.job.api.JobTypeVersion;
import org.peerworks.job.api.JobTypesListener;
import org.peerworks.job.api.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners what happens to versions of job types. */
final class TypeNews {

  private static final Logger LOG = LoggerFactory.getLogger(TypeNews.class);

  /** Found by what it is, not by what a plugin says that it equals. */
  private static final class Told {
    private final JobTypesListener listener;
    private volatile boolean closed;

    Told(JobTypesListener listener) {
      this.listener = listener;
    }
  }

  private final List<Told> listeners = new CopyOnWriteArrayList<>();
  private final Set<TypeKey> idle = new HashSet<>();
  private final Executor thread;

  /**
   * @param thread one, that does only this
   */
  TypeNews(Executor thread) {
    this.thread = thread;
  }

  Subscription watch(JobTypesListener listener) {
    Told told = new Told(listener);
    listeners.add(told);
    return () -> {
      told.closed = true;
      listeners.remove(told);
    };
  }

  void withdrawn(JobTypeVersion version) {
    tell(listener -> listener.onWithdrawn(version));
  }

  void proven(JobTypeVersion version) {
    tell(listener -> listener.onProven(version));
  }

  /** Tells of those that have become idle since it was called last. One thread at a time. */
  void look(List<JobTypeVersion> versions) {
    Set<TypeKey> now = new HashSet<>();
    for (JobTypeVersion version : versions) {
      TypeKey key = new TypeKey(version.type(), version.version());
      if (version.bundleId() >= 0 && version.isIdle()) {
        now.add(key);
        if (!idle.contains(key)) {
          tell(listener -> listener.onIdle(version));
        }
      }
    }
    idle.clear();
    idle.addAll(now);
  }

  private void tell(Consumer<JobTypesListener> what) {
    for (Told told : listeners) {
      try {
        thread.execute(() -> tell(told, what));
      } catch (RejectedExecutionException e) {
        LOG.debug("A listener to job types hears nothing more, for the worker is stopping", e);
      }
    }
  }

  private static void tell(Told told, Consumer<JobTypesListener> what) {
    if (told.closed) {
      return;
    }
    try {
      what.accept(told.listener);
    } catch (RuntimeException | Error e) {
      LOG.error("A listener to job types failed", e);
    }
  }
}
