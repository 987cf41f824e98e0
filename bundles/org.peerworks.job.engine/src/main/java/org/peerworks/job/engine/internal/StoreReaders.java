package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections that read the database. Thread-safe; a read waits for a free one. */
final class StoreReaders implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StoreReaders.class);

  /** Reads rows, in a snapshot of its own. */
  @FunctionalInterface
  interface Read<T> {
    T apply(Queries queries) throws SQLException;
  }

  private final List<Queries> all;
  private final BlockingQueue<Queries> free;

  private StoreReaders(List<Queries> all) {
    this.all = all;
    this.free = new ArrayBlockingQueue<>(all.size(), true, all);
  }

  static StoreReaders open(DataSource source, int count) throws SQLException {
    List<Queries> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Connection connection = source.getConnection();
      all.add(new Queries(connection));
    }
    return new StoreReaders(List.copyOf(all));
  }

  <T> T read(Read<T> read) throws IOException {
    Queries queries;
    try {
      queries = free.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted before the job store could be read.", e);
    }
    try {
      return read.apply(queries);
    } catch (SQLException e) {
      throw new IOException("The job store cannot be read: " + e.getMessage(), e);
    } finally {
      free.add(queries);
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < all.size(); i++) {
      try {
        free.take().close();
      } catch (SQLException e) {
        LOG.warn("A connection to the job store was not closed in good order", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
