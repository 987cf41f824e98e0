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

  /** Opens a connection to the database. */
  @FunctionalInterface
  interface Opener {
    Connection open() throws SQLException;
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
  private final Opener opener;
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
  private Rows rows; // the thread's own; null while the database cannot be opened
  private boolean closed;

  private StoreWriter(Opener opener, Rows rows, Path jobs, LongConsumer committed) {
    this.opener = opener;
    this.rows = rows;
    this.jobs = jobs;
    this.committed = committed;
    this.thread = new Thread(this::run, "job-store-writer");
    this.thread.setDaemon(true);
  }

  static StoreWriter open(Opener opener, Path jobs, LongConsumer committed) throws SQLException {
    Rows rows = rows(opener);
    StoreWriter writer = new StoreWriter(opener, rows, jobs, committed);
    committed.accept(rows.lastEvent());
    writer.thread.start();
    return writer;
  }

  private static Rows rows(Opener opener) throws SQLException {
    Connection connection = opener.open();
    try {
      return new Rows(connection);
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
    try {
      do {
        fill(batch);
        commit(batch);
      } while (!batch.contains(last));
    } catch (InterruptedException | RuntimeException | Error e) {
      LOG.error("The job store takes nothing any more; restart the worker", e);
      fail(batch, e);
    } finally {
      end();
    }
  }

  /** Whoever waits is told. */
  private void end() {
    synchronized (this) {
      closed = true;
    }
    List<Task<?>> left = new ArrayList<>();
    queue.drainTo(left);
    fail(left, new IOException("The job store is closed."));
    closeRows();
    done.shutdown();
  }

  private void closeRows() {
    try {
      if (rows != null) {
        rows.close();
      }
    } catch (SQLException e) {
      LOG.warn("The job store was not closed in good order", e);
    }
    rows = null;
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

  private void commit(List<Task<?>> batch) {
    try {
      store(batch);
    } catch (Throwable e) { // whatever a write throws: the next one must find this thread alive
      rollBack();
      if (batch.size() == 1 || Trouble.of(e).isPresent()) { // the others would fare no better
        fail(batch, e);
      } else {
        batch.forEach(task -> commit(List.of(task)));
      }
      return;
    }
    List<Task<?>> stored = List.copyOf(batch);
    try {
      committed.accept(rows.lastEvent());
    } catch (RuntimeException | Error e) {
      LOG.error("A listener to the job store failed", e);
    }
    done.execute(() -> stored.forEach(Task::complete));
  }

  private void fail(List<Task<?>> batch, Throwable why) {
    List<Task<?>> failed = List.copyOf(batch);
    done.execute(() -> failed.forEach(task -> task.done.completeExceptionally(why)));
  }

  private void store(List<Task<?>> batch) throws SQLException, IOException {
    if (rows == null) {
      rows = rows(opener);
    }
    rows.begin();
    for (Task<?> task : batch) {
      task.apply(rows);
    }
    if (rows.jobsWereAdded()) {
      AtomicFiles.sync(jobs);
    }
    rows.commit();
  }

  /** A connection that cannot even do this is given up for a new one. */
  private void rollBack() {
    try {
      if (rows != null) {
        rows.rollBack();
      }
    } catch (SQLException | RuntimeException | Error e) {
      LOG.warn("Opens the job store anew, for a change could not be taken back", e);
      closeRows();
    }
  }
}
