package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The database of jobs, events and outputs: one writer, several readers. */
final class Store implements AutoCloseable {

  private static final int READERS = 4;

  /** Pages of 4 KiB that the write-ahead log may have before they are moved to the database. */
  private static final int CHECKPOINT_PAGES = 8000;

  /** Version of the newest file in the directory 'migration'. */
  static final String NEWEST = "2";

  private final StoreWriter writer;
  private final StoreReaders readers;

  private Store(StoreWriter writer, StoreReaders readers) {
    this.writer = writer;
    this.readers = readers;
  }

  /**
   * Opens the database, and brings it up to date first.
   *
   * @param jobs directory of the jobs' directories; its entries are synced before a new job's row
   * @param committed told on the writer's thread the number of the last event that is stored
   */
  static Store open(Path file, Path jobs, LongConsumer committed) throws IOException {
    SQLiteDataSource source = new SQLiteDataSource(settings());
    source.setUrl("jdbc:sqlite:" + file);
    try {
      migrate(source);
      StoreReaders readers = StoreReaders.open(source, READERS);
      try {
        return new Store(StoreWriter.open(source::getConnection, jobs, committed), readers);
      } catch (SQLException | RuntimeException | Error e) {
        readers.close();
        throw e;
      }
    } catch (SQLException | FlywayException e) {
      throw new IOException("The job store '" + file + "' cannot be opened: " + reason(file, e), e);
    }
  }

  private static String reason(Path file, Exception e) {
    Optional<Trouble> trouble = Trouble.of(e);
    if (trouble.isEmpty()) {
      return e.getMessage();
    }
    String next =
        switch (trouble.get()) {
          case DAMAGED ->
              "Stop the worker, move '"
                  + file.getParent()
                  + "' away, or put a copy of it there, and start again. Without it the worker"
                  + " forgets its jobs, but keeps their files in 'jobs/unknown'.";
          case LOCKED -> "End that program.";
          case FULL -> "Make room.";
          case READ_ONLY -> "Make it writable.";
          case HANDLES -> "Raise the limit (ulimit -n).";
          case CANNOT_OPEN -> "Look who may read and write them: it must be the worker's user.";
        };
    return trouble.get().what() + ". " + next;
  }

  StoreWriter writer() {
    return writer;
  }

  StoreReaders readers() {
    return readers;
  }

  /** Stores what is waiting to be stored, then closes. */
  @Override
  public void close() {
    writer.close();
    readers.close();
  }

  private static void migrate(SQLiteDataSource source) throws SQLException {
    if (isNewest(source)) {
      return; // Flyway would find out the same, in a tenth of a second
    }
    Flyway.configure(Store.class.getClassLoader())
        .dataSource(source)
        .loggers(MigrationLog.Creator.class.getName())
        .locations("classpath:org/peerworks/job/engine/migration")
        .load()
        .migrate();
  }

  private static boolean isNewest(SQLiteDataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      try (ResultSet history =
          statement.executeQuery(
              "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'flyway_schema_history'")) {
        if (!history.next()) {
          return false;
        }
      }
      try (ResultSet last =
          statement.executeQuery(
              "SELECT version FROM flyway_schema_history"
                  + " WHERE (SELECT min(success) FROM flyway_schema_history) = 1"
                  + " ORDER BY installed_rank DESC LIMIT 1")) {
        return last.next() && NEWEST.equals(last.getString(1));
      }
    }
  }

  private static SQLiteConfig settings() {
    SQLiteConfig settings = new SQLiteConfig();
    settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
    settings.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    settings.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    settings.setTempStore(SQLiteConfig.TempStore.MEMORY);
    settings.setBusyTimeout(10_000);
    settings.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(CHECKPOINT_PAGES));
    return settings;
  }
}
