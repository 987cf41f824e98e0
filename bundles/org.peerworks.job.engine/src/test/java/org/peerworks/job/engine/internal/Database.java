package org.peerworks.job.engine.internal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Changes the store of a worker behind its back. */
final class Database {

  private Database() {}

  static void execute(Path data, String sql) throws SQLException {
    try (Connection store = open(data)) {
      store.createStatement().execute(sql);
    }
  }

  /** From now on the database takes its transaction back by itself, as it does on a full disk. */
  static void fill(Path data, String what) throws SQLException {
    execute(
        data,
        "CREATE TRIGGER full BEFORE "
            + what
            + " BEGIN SELECT RAISE(ROLLBACK, 'database or disk is full [SQLITE_FULL]'); END");
  }

  static void heal(Path data) throws SQLException {
    execute(data, "DROP TRIGGER full");
  }

  static String state(Path data, String id) throws SQLException {
    try (Connection store = open(data);
        ResultSet row =
            store.createStatement().executeQuery("SELECT state FROM job WHERE id='" + id + "'")) {
      row.next();
      return row.getString(1);
    }
  }

  private static Connection open(Path data) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + data.resolve("store/peerworks.db"));
  }
}
