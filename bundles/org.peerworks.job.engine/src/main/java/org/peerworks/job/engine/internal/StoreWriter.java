package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.peerworks.lib.files.AtomicFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes the database. Writes that wait are committed together, so that many of
 * them share one sync; they take effect in the order they were handed in.
 */
final class StoreWriter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StoreWriter.class);
  private static final int BATCH = 512;

  /** So many writes at once mean that more are on their way. */
  private static final int BUSY = 4;

  private static final long GATHER_NANOS = 500_000;

  /** Changes rows. May be called twice if another write of its batch fails. */
  @FunctionalInterface
  interface Write<T> {
    T apply(Rows rows) throws SQLException;
  }

  private static final class Task<T> {
    private final Write<T> write;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private T result;

    Task(Write<T> write) {
      this.write = write;
    }

    void apply(Rows rows) throws SQLException {
      result = write.apply(rows);
    }

    void complete() {
      done.complete(result);
    }
  }

  private final BlockingQueue<Task<?>> queue = new LinkedBlockingQueue<>();
  private final Task<Void> last = new Task<>(rows -> null);
  private final Connection connection;
  private final Rows rows;
  private final Path jobs;
  private final LongConsumer committed;
  private final Thread thread;
  private final ExecutorService done =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread told = new Thread(null, work, "job-store-done", 0, false);
            told.setDaemon(true);
            return told;
          });
  private boolean closed;

  private StoreWriter(Connection connection, Rows rows, Path jobs, LongConsumer committed) {
    this.connection = connection;
    this.rows = rows;
    this.jobs = jobs;
    this.committed = committed;
    this.thread = new Thread(this::run, "job-store-writer");
    this.thread.setDaemon(true);
  }

  static StoreWriter open(Connection connection, Path jobs, LongConsumer committed)
      throws SQLException {
    try {
      Rows rows = new Rows(connection);
      StoreWriter writer = new StoreWriter(connection, rows, jobs, committed);
      committed.accept(rows.lastEvent());
      writer.thread.start();
      return writer;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Hands in a write.
   *
   * @return completes when it is on stable storage, in the order of the writes, on a thread that
   *     does only this: what depends on it does not hold up the next commit, and must not block
   */
  <T> CompletableFuture<T> write(Write<T> write) {
    Task<T> task = new Task<>(write);
    synchronized (this) {
      if (closed) {
        task.done.completeExceptionally(new IOException("The job store is closed."));
      } else {
        queue.add(task);
      }
    }
    return task.done;
  }

  @Override
  public void close() {
    synchronized (this) {
      if (!closed) {
        closed = true;
        queue.add(last);
      }
    }
    try {
      thread.join();
      done.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Task<?>> batch = new ArrayList<>(BATCH);
    boolean open = true;
    try (connection) {
      while (open) {
        fill(batch);
        commit(batch);
        open = !batch.contains(last);
      }
      rows.close();
    } catch (InterruptedException | SQLException e) {
      LOG.error("The job store was not closed in good order", e);
    } finally {
      done.shutdown();
    }
  }

  /**
   * Takes what waits. While there is much to do it waits a moment for as much as came last time:
   * fewer syncs and fewer pages written for the same rows.
   */
  private void fill(List<Task<?>> batch) throws InterruptedException {
    int expected = batch.size();
    batch.clear();
    batch.add(queue.take());
    queue.drainTo(batch, BATCH - 1);
    long end = System.nanoTime() + GATHER_NANOS;
    while (expected >= BUSY && batch.size() < expected && !batch.contains(last)) {
      Task<?> next = queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        return;
      }
      batch.add(next);
      queue.drainTo(batch, BATCH - batch.size());
    }
  }

  private void commit(List<Task<?>> batch) throws SQLException {
    try {
      store(batch);
    } catch (SQLException | IOException | RuntimeException e) {
      rows.rollBack();
      if (batch.size() == 1) {
        Task<?> failed = batch.get(0);
        done.execute(() -> failed.done.completeExceptionally(e));
        return;
      }
      for (Task<?> task : batch) {
        commit(List.of(task));
      }
      return;
    }
    committed.accept(rows.lastEvent());
    List<Task<?>> stored = List.copyOf(batch);
    done.execute(() -> stored.forEach(Task::complete));
  }

  private void store(List<Task<?>> batch) throws SQLException, IOException {
    rows.begin();
    for (Task<?> task : batch) {
      task.apply(rows);
    }
    if (rows.jobsWereAdded()) {
      AtomicFiles.sync(jobs);
    }
    rows.commit();
  }
}
