package org.peerworks.files.browser;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.peerworks.files.api.FileSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everybody who looks at the page, and the pulse that all of them hear. A page that does not hear
 * it for a while knows that it has lost us. Thread-safe.
 */
final class Audience implements AutoCloseable {

  static final int MOST = 32;

  private static final Logger LOG = LoggerFactory.getLogger(Audience.class);
  private static final Duration PULSE = Duration.ofMillis(500);

  private final FileSource source;
  private final Pulse pulse;
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor timer;
  private final FileSource.Registration registration;

  /** One open page. */
  interface Listener {
    void send(ObjectNode message);

    /** As {@link #send}, but only if nothing else waits. */
    void beat(ObjectNode message);
  }

  Audience(FileSource source) {
    this.source = source;
    this.pulse = new Pulse(source, System::nanoTime);
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "files-page-pulse");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    timer.scheduleWithFixedDelay(
        this::beat, PULSE.toMillis(), PULSE.toMillis(), TimeUnit.MILLISECONDS);
    registration = source.onChange(this::changed);
  }

  FileSource source() {
    return source;
  }

  /** Whether there is room for one more. */
  boolean enter(Listener listener) {
    if (listeners.size() >= MOST) {
      return false;
    }
    listeners.add(listener);
    listener.send(pulse.connection());
    pulse.info().ifPresent(listener::send);
    changed();
    return true;
  }

  void leave(Listener listener) {
    listeners.remove(listener);
  }

  @Override
  public void close() {
    registration.close();
    timer.shutdownNow();
    listeners.clear();
  }

  /** Does not wait for the next beat. */
  private void changed() {
    try {
      timer.execute(this::beat);
    } catch (RejectedExecutionException e) {
      LOG.debug("A change is not told, as the page is closed", e);
    }
  }

  private void beat() {
    if (listeners.isEmpty()) {
      pulse.rest();
      return;
    }
    try {
      Optional<ObjectNode> news = pulse.beat(this::changed);
      news.ifPresent(info -> listeners.forEach(listener -> listener.send(info)));
      ObjectNode connection = pulse.connection();
      listeners.forEach(listener -> listener.beat(connection));
    } catch (RuntimeException e) {
      LOG.error("The page cannot tell how the worker is", e);
    }
  }
}
