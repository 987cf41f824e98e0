package org.peerworks.signaling.client;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.peerworks.signaling.api.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands signals to a room's listeners, one at a time, on a thread of its own. Thread-safe. */
final class Deliveries implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
  private static final int MAX_WAITING = 1024;

  private final List<Consumer<Signal>> listeners = new CopyOnWriteArrayList<>();
  private final ThreadPoolExecutor executor;

  Deliveries(String roomId) {
    executor =
        new ThreadPoolExecutor(
            0,
            1,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Threads.named("signaling-room-" + roomId));
  }

  AutoCloseable listen(Consumer<Signal> listener) {
    Consumer<Signal> own = listener::accept;
    listeners.add(own);
    return () -> listeners.remove(own);
  }

  void deliver(Signal signal) {
    try {
      executor.execute(() -> listeners.forEach(listener -> call(listener, signal)));
    } catch (RejectedExecutionException e) {
      if (!executor.isShutdown()) {
        LOG.warn(
            "Dropping a signal of peer '{}': {} are waiting already", signal.peer(), MAX_WAITING);
      }
    }
  }

  @Override
  public void close() {
    executor.shutdown();
  }

  private static void call(Consumer<Signal> listener, Signal signal) {
    try {
      listener.accept(signal);
    } catch (RuntimeException e) {
      LOG.warn("A listener failed on a signal of peer '{}'", signal.peer(), e);
    }
  }
}
