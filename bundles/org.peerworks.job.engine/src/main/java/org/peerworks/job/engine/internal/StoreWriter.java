package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
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
      connection.setAutoCommit(false);
      Rows rows = new Rows(connection);
      connection.commit();
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
   * @return completes on the writer's thread when it is on stable storage
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
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Task<?>> batch = new ArrayList<>(BATCH);
    boolean open = true;
    try (connection) {
      while (open) {
        batch.clear();
        batch.add(queue.take());
        queue.drainTo(batch, BATCH - 1);
        commit(batch);
        open = !batch.contains(last);
      }
      rows.close();
    } catch (InterruptedException | SQLException e) {
      LOG.error("The job store was not closed in good order", e);
    }
  }

  private void commit(List<Task<?>> batch) throws SQLException {
    try {
      store(batch);
    } catch (SQLException | IOException | RuntimeException e) {
      connection.rollback();
      if (batch.size() == 1) {
        batch.get(0).done.completeExceptionally(e);
        return;
      }
      for (Task<?> task : batch) {
        commit(List.of(task));
      }
      return;
    }
    committed.accept(rows.lastEvent());
    for (Task<?> task : batch) {
      task.complete();
    }
  }

  private void store(List<Task<?>> batch) throws SQLException, IOException {
    rows.begin();
    for (Task<?> task : batch) {
      task.apply(rows);
    }
    if (rows.jobsWereAdded()) {
      AtomicFiles.sync(jobs);
    }
    connection.commit();
  }
}
