package org.peerworks.transport.webrtc;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that touches the native objects of one peer, so that none is used after it was
 * disposed. It also pumps what waits to be sent: the native library never says that its send buffer
 * has emptied, so it is asked every millisecond while something waits.
 */
final class PeerLoop {

  private static final Logger LOG = LoggerFactory.getLogger(PeerLoop.class);
  private static final Runnable WAKE = () -> {};

  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final BooleanSupplier pump;
  private final Consumer<Throwable> failed;
  private final Thread thread;
  private boolean ended;

  /**
   * @param pump sends what can be sent; answers whether it wants to be called again soon
   * @param failed gets what the pump threw, on the loop
   */
  PeerLoop(String name, BooleanSupplier pump, Consumer<Throwable> failed) {
    this.pump = pump;
    this.failed = failed;
    this.thread = Threads.thread(this::run, name);
  }

  void start() {
    thread.start();
  }

  /** Runs a task on the loop's thread, unless the loop has ended: then it answers false. */
  synchronized boolean execute(Runnable task) {
    return !ended && tasks.add(task);
  }

  /** Lets the pump run. */
  boolean wake() {
    return execute(WAKE);
  }

  /** Takes no more tasks; the thread ends after those it has. */
  synchronized void end() {
    ended = true;
    tasks.add(WAKE);
  }

  /** Answers whether the thread has ended within the time. */
  boolean join(long millis) throws InterruptedException {
    thread.join(Math.max(1, millis));
    return !thread.isAlive();
  }

  private synchronized boolean over() {
    return ended && tasks.isEmpty();
  }

  private void run() {
    boolean waiting = false;
    while (!over()) {
      try {
        Runnable task = waiting ? tasks.poll(1, TimeUnit.MILLISECONDS) : tasks.take();
        while (task != null) {
          guarded(task);
          task = tasks.poll();
        }
        waiting = pumped();
      } catch (InterruptedException e) {
        LOG.debug("Thread '{}' was interrupted; it ends with its peer only", thread.getName());
      }
    }
  }

  private boolean pumped() {
    try {
      return pump.getAsBoolean();
    } catch (RuntimeException | Error e) {
      LOG.error("Sending over WebRTC failed", e);
      guarded(() -> failed.accept(e));
      return false;
    }
  }

  /** Runs a task to its end, or to its failure, which is logged. */
  static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      // The native library throws java.lang.Error where a handle is not what it expects.
      LOG.error("A WebRTC operation failed", e);
    }
  }
}
