package org.peerworks.job.engine.internal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * What the database does alone: one thread inserts rows of the size that a job's have, one for the
 * job and three for its events, and commits them for some jobs at once. No engine, no index, no
 * other thread.
 */
final class Baseline {

  private Baseline() {}

  /** The first round warms up and does not count. */
  static double[] jobsPerSecond(Path file, int jobs, int perCommit, int rounds) throws Exception {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    double[] rates = new double[rounds];
    try (Connection connection = source.getConnection()) {
      connection
          .createStatement()
          .execute("CREATE TABLE entry (seq INTEGER PRIMARY KEY, text TEXT NOT NULL)");
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO entry (text) VALUES (?)")) {
        for (int round = -1; round < rounds; round++) {
          long start = System.nanoTime();
          for (int job = 1; job <= jobs; job++) {
            insert(insert);
            if (job % perCommit == 0 || job == jobs) {
              connection.commit();
            }
          }
          if (round >= 0) {
            rates[round] = jobs / ((System.nanoTime() - start) / 1e9);
          }
        }
      }
    }
    return rates;
  }

  private static void insert(PreparedStatement insert) throws Exception {
    insert.setString(1, "j".repeat(200));
    insert.executeUpdate();
    for (int event = 0; event < 3; event++) {
      insert.setString(1, "e".repeat(40));
      insert.executeUpdate();
    }
  }
}
