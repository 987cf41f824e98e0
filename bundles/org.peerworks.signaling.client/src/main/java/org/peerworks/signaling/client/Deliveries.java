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

/**
 * Hands signals, and what the server asks, to a room's listeners, one at a time, on a thread of its
 * own. Thread-safe.
 */
final class Deliveries implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
  private static final int MAX_WAITING = 1024;

  private final List<Consumer<Signal>> listeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<String>> ofServer = new CopyOnWriteArrayList<>();
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

  AutoCloseable listenToServer(Consumer<String> listener) {
    Consumer<String> own = listener::accept;
    ofServer.add(own);
    return () -> ofServer.remove(own);
  }

  void deliver(Signal signal) {
    deliver(listeners, signal, "peer '" + signal.peer() + "'");
  }

  void deliverOfServer(String json) {
    deliver(ofServer, json, "the server");
  }

  private <T> void deliver(List<Consumer<T>> to, T message, String sender) {
    try {
      executor.execute(() -> to.forEach(listener -> call(listener, message, sender)));
    } catch (RejectedExecutionException e) {
      if (!executor.isShutdown()) {
        LOG.warn("Dropping a message of {}: {} are waiting already", sender, MAX_WAITING);
      }
    }
  }

  @Override
  public void close() {
    executor.shutdown();
  }

  private static <T> void call(Consumer<T> listener, T message, String sender) {
    try {
      listener.accept(message);
    } catch (RuntimeException e) {
      LOG.warn("A listener failed on a message of {}", sender, e);
    }
  }
}
