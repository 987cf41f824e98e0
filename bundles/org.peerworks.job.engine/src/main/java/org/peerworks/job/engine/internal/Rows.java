package org.peerworks.job.engine.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import org.peerworks.job.api.JobOutput;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.Progress;

/** The changes that the writer makes. One thread. */
final class Rows implements AutoCloseable {

  private final Connection connection;
  private final PreparedStatement insertJob;
  private final PreparedStatement start;
  private final PreparedStatement end;
  private final PreparedStatement insertEvent;
  private final PreparedStatement insertMove;
  private final PreparedStatement insertOutput;
  private final List<PreparedStatement> deletes;
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement rollback;
  private final Queries queries;
  private long lastJob;
  private long lastEvent;
  private boolean added;

  /**
   * @param connection is closed with this
   */
  Rows(Connection connection) throws SQLException {
    this.connection = connection;
    insertJob =
        connection.prepareStatement(
            "INSERT INTO job (seq, id, type, version, slots, state, reason, owner_id, owner_name,"
                + " priority, parameters, idempotency_key, timeout, submitted)"
                + " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
                + " ON CONFLICT (owner_id, idempotency_key) DO NOTHING");
    // The clock may be set back meanwhile; no job ends before it began.
    start =
        connection.prepareStatement(
            "UPDATE job SET state='RUNNING', started=max(?, submitted) WHERE seq=?");
    end =
        connection.prepareStatement(
            "UPDATE job SET state=?, reason=?, ended=max(?, coalesce(started, submitted)),"
                + " document=? WHERE seq=?");
    insertEvent =
        connection.prepareStatement(
            "INSERT INTO event (number, job, time, kind, word, text, done, total)"
                + " VALUES (?,?,?,?,?,?,?,?)");
    insertMove =
        connection.prepareStatement(
            "INSERT INTO event (number, job, time, kind, word, text, done, total)"
                + " SELECT ?, seq, ?, 'QUEUE', '', '', ?, 0 FROM job"
                + " WHERE id=? AND state='QUEUED'");
    insertOutput =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO output (job, name, size, sha256) VALUES (?,?,?,?)");
    deletes =
        List.of(
            connection.prepareStatement("DELETE FROM event WHERE job=?"),
            connection.prepareStatement("DELETE FROM output WHERE job=?"),
            connection.prepareStatement("DELETE FROM job WHERE seq=?"));
    begin = connection.prepareStatement("BEGIN IMMEDIATE");
    commit = connection.prepareStatement("COMMIT");
    rollback = connection.prepareStatement("ROLLBACK");
    queries = new Queries(connection);
    lastJob = lastNumber(connection, "job");
    lastEvent = lastNumber(connection, "event");
  }

  void begin() throws SQLException {
    added = false;
    begin.execute();
  }

  void commit() throws SQLException {
    commit.execute();
  }

  /** Takes back what was changed since {@link #begin()}, if the database has not done so itself. */
  void rollBack() throws SQLException {
    try {
      rollback.execute();
    } catch (SQLException e) {
      if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
        throw e;
      }
    }
  }

  boolean jobsWereAdded() {
    return added;
  }

  long lastEvent() {
    return lastEvent;
  }

  /**
   * Stores a queued job, unless its owner has one with the same idempotency key.
   *
   * @param hasDirectory whether the job's directory must be on stable storage first
   * @return the job as it is stored, or the one that was there
   */
  StoredJob addJob(StoredJob job, boolean hasDirectory) throws SQLException {
    StoredJob stored = job.withSeq(lastJob + 1);
    insertJob.setLong(1, stored.seq());
    insertJob.setString(2, job.id());
    insertJob.setString(3, job.type());
    insertJob.setString(4, job.version());
    insertJob.setString(5, job.slots());
    insertJob.setString(6, job.state().name());
    insertJob.setString(7, job.reason());
    insertJob.setString(8, job.ownerId());
    insertJob.setString(9, job.ownerName());
    insertJob.setInt(10, job.priority());
    insertJob.setString(11, job.parameters());
    insertJob.setString(12, job.idempotencyKey());
    insertJob.setLong(13, job.timeout().toMillis());
    insertJob.setLong(14, job.submitted().toEpochMilli());
    if (insertJob.executeUpdate() == 0) {
      return queries.jobByKey(job.ownerId(), job.idempotencyKey()).orElseThrow();
    }
    lastJob = stored.seq();
    added |= hasDirectory;
    stateChanged(stored.seq(), job.submitted(), job.state(), job.reason());
    return stored;
  }

  void startJob(long seq, Instant time) throws SQLException {
    start.setLong(1, time.toEpochMilli());
    start.setLong(2, seq);
    start.executeUpdate();
    stateChanged(seq, time, JobState.RUNNING, "");
  }

  /**
   * @param document of the result, or null
   */
  void endJob(
      long seq,
      Instant time,
      JobState state,
      String reason,
      String document,
      List<JobOutput> outputs)
      throws SQLException {
    for (JobOutput output : outputs) {
      insertOutput.setLong(1, seq);
      insertOutput.setString(2, output.name());
      insertOutput.setLong(3, output.size());
      insertOutput.setString(4, output.sha256());
      insertOutput.executeUpdate();
    }
    end.setString(1, state.name());
    end.setString(2, reason);
    end.setLong(3, time.toEpochMilli());
    if (document == null) {
      end.setNull(4, Types.VARCHAR);
    } else {
      end.setString(4, document);
    }
    end.setLong(5, seq);
    end.executeUpdate();
    stateChanged(seq, time, state, reason);
  }

  void progressed(long seq, Instant time, Progress progress) throws SQLException {
    event(
        seq,
        time,
        "PROGRESS",
        progress.unit(),
        progress.message(),
        progress.done(),
        progress.total());
  }

  /** Stores a queued job's place, unless the job has left the queue meanwhile. */
  void moved(String id, Instant time, int position) throws SQLException {
    insertMove.setLong(1, ++lastEvent);
    insertMove.setLong(2, time.toEpochMilli());
    insertMove.setInt(3, position);
    insertMove.setString(4, id);
    insertMove.executeUpdate();
  }

  /** Keeps where a version of a job type stands. */
  void keep(Standing standing) throws SQLException {
    rarely(
        "INSERT OR REPLACE INTO type_version"
            + " (type, version, health, reason, share, chosen, ended, failed)"
            + " VALUES (?,?,?,?,?,?,?,?)",
        standing.type(),
        standing.version(),
        standing.health().name(),
        standing.reason(),
        standing.share(),
        standing.chosen() ? 1 : 0,
        standing.ended(),
        standing.failed());
  }

  /** Hands a job to another version of its type. */
  void pin(long seq, RegisteredType type) throws SQLException {
    rarely("UPDATE job SET version=?, slots=? WHERE seq=?", type.version(), type.slots(), seq);
  }

  /** Gives a job another place in the queue. */
  void place(long seq, int priority, double place) throws SQLException {
    rarely("UPDATE job SET priority=?, place=? WHERE seq=?", priority, place, seq);
  }

  /**
   * @param value null for none
   */
  void setting(String name, String value) throws SQLException {
    if (value == null) {
      rarely("DELETE FROM setting WHERE name=?", name);
    } else {
      rarely("INSERT OR REPLACE INTO setting (name, value) VALUES (?,?)", name, value);
    }
  }

  private void rarely(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  void deleteJob(long seq) throws SQLException {
    for (PreparedStatement delete : deletes) {
      delete.setLong(1, seq);
      delete.executeUpdate();
    }
  }

  /** Closes the connection and all that was prepared on it. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private void stateChanged(long seq, Instant time, JobState state, String reason)
      throws SQLException {
    event(seq, time, "STATE", state.name(), reason, 0, 0);
  }

  private void event(
      long seq, Instant time, String kind, String word, String text, long done, long total)
      throws SQLException {
    insertEvent.setLong(1, ++lastEvent);
    insertEvent.setLong(2, seq);
    insertEvent.setLong(3, time.toEpochMilli());
    insertEvent.setString(4, kind);
    insertEvent.setString(5, word);
    insertEvent.setString(6, text);
    insertEvent.setLong(7, done);
    insertEvent.setLong(8, total);
    insertEvent.executeUpdate();
  }

  private static long lastNumber(Connection connection, String table) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT seq FROM sqlite_sequence WHERE name=?")) {
      query.setString(1, table);
      try (ResultSet result = query.executeQuery()) {
        return result.next() ? result.getLong(1) : 0;
      }
    }
  }
}
