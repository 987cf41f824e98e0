package org.peerworks.pose;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Does the next few pieces of some work on a thread of its own, one after the other and in order,
 * while another thread uses what is done. Used by one thread.
 */
public final class ReadAhead<T, R> implements AutoCloseable {

  private static final int AHEAD = 3;

  /** Makes something of one item. */
  @FunctionalInterface
  public interface Work<T, R> {
    R apply(T item) throws UserError, IOException;
  }

  private final ExecutorService worker;
  private final Iterator<T> items;
  private final Work<T, R> work;
  private final Queue<Future<R>> ready = new ArrayDeque<>();

  /**
   * Starts at once.
   *
   * @param name of the thread
   */
  public ReadAhead(String name, Iterable<T> items, Work<T, R> work) {
    this.items = items.iterator();
    this.work = work;
    worker =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    fill();
  }

  private void fill() {
    while (ready.size() < AHEAD && items.hasNext()) {
      T item = items.next();
      ready.add(worker.submit(() -> work.apply(item)));
    }
  }

  public boolean hasNext() {
    return !ready.isEmpty();
  }

  /** What was made of the next item; throws what making it threw. */
  public R next() throws UserError, IOException {
    Future<R> next = ready.remove();
    fill();
    try {
      return next.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for images", e);
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  private static IOException rethrown(Throwable cause) throws UserError, IOException {
    if (cause instanceof UserError error) {
      throw error;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof RuntimeException error) {
      throw error;
    }
    return cause instanceof IOException error ? error : new IOException(cause);
  }

  /** Ends the thread; what it is at comes to its end first. */
  @Override
  public void close() {
    worker.shutdownNow();
    boolean interrupted = false;
    while (true) {
      try {
        if (worker.awaitTermination(1, TimeUnit.MINUTES)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
