package org.peerworks.job.engine.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.peerworks.job.api.JobOutput;
import org.peerworks.job.api.JobState;

/** The questions that are asked of the database. One thread at a time. */
final class Queries implements AutoCloseable {

  private static final String JOB = "SELECT * FROM job ";

  /** Without what may be large; with how large it is. */
  private static final String LIGHT =
      "SELECT seq, id, type, version, slots, state, reason, owner_id, owner_name, priority,"
          + " place, '{}' AS parameters, idempotency_key, timeout, submitted, started, ended,"
          + " NULL AS document,"
          + " octet_length(parameters) + coalesce(octet_length(document), 0)"
          + " + 400 * (SELECT count(*) FROM output WHERE output.job=job.seq) AS bytes"
          + " FROM job ";

  /**
   * A job without its parameters and document.
   *
   * @param bytes that they and its outputs have
   */
  record Light(StoredJob job, long bytes) {}

  /** What may be large of a job. */
  record Texts(String parameters, Optional<String> document) {}

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  Queries(Connection connection) {
    this.connection = connection;
  }

  Optional<StoredJob> job(String id) throws SQLException {
    return jobs(JOB + "WHERE id=?", id).stream().findFirst();
  }

  Optional<StoredJob> jobByKey(String ownerId, String key) throws SQLException {
    return jobs(JOB + "WHERE owner_id=? AND idempotency_key=?", ownerId, key).stream().findFirst();
  }

  /** The state of a job; empty if there is no such job. */
  Optional<JobState> state(String id) throws SQLException {
    try (ResultSet row = query("SELECT state FROM job WHERE id=?", id)) {
      return row.next() ? Optional.of(JobState.valueOf(row.getString(1))) : Optional.empty();
    }
  }

  /** The id that sorts last; blank if there is none. */
  String lastId() throws SQLException {
    try (ResultSet result = query("SELECT coalesce(max(id), '') FROM job")) {
      result.next();
      return result.getString(1);
    }
  }

  /** How many jobs there are of each state that has some. */
  Map<JobState, Long> count() throws SQLException {
    Map<JobState, Long> jobs = new EnumMap<>(JobState.class);
    try (ResultSet row = query("SELECT state, count(*) FROM job GROUP BY state")) {
      while (row.next()) {
        jobs.put(JobState.valueOf(row.getString(1)), row.getLong(2));
      }
    }
    return jobs;
  }

  /** What is known of the versions of job types. */
  List<Standing> standings() throws SQLException {
    List<Standing> standings = new ArrayList<>();
    try (ResultSet row = query("SELECT * FROM type_version")) {
      while (row.next()) {
        standings.add(
            new Standing(
                row.getString("type"),
                row.getString("version"),
                Standing.Health.valueOf(row.getString("health")),
                row.getString("reason"),
                row.getInt("share"),
                row.getBoolean("chosen"),
                row.getInt("ended"),
                row.getInt("failed")));
      }
    }
    return standings;
  }

  Optional<String> setting(String name) throws SQLException {
    try (ResultSet row = query("SELECT value FROM setting WHERE name=?", name)) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }

  /** All jobs of a state, first come first. */
  List<StoredJob> inState(JobState state) throws SQLException {
    return jobs(JOB + "WHERE state=? ORDER BY seq", state.name());
  }

  /**
   * A page of jobs, newest first. Each part is read along an index, so that a page takes the same
   * time wherever it lies.
   *
   * @param states empty for all
   * @param owner null for all
   * @param before only those with a lower number
   */
  List<Light> page(Set<JobState> states, String owner, long before, int limit) throws SQLException {
    String rest = "seq<? ORDER BY seq DESC LIMIT ?";
    if (states.isEmpty() && owner == null) {
      return lights(LIGHT + "WHERE " + rest, before, limit);
    }
    List<Light> found = new ArrayList<>();
    for (JobState state : states.isEmpty() ? EnumSet.allOf(JobState.class) : states) {
      found.addAll(
          owner == null
              ? lights(LIGHT + "WHERE state=? AND " + rest, state.name(), before, limit)
              : lights(
                  LIGHT + "WHERE owner_id=? AND state=? AND " + rest,
                  owner,
                  state.name(),
                  before,
                  limit));
    }
    found.sort(Comparator.comparingLong((Light row) -> row.job().seq()).reversed());
    return found.size() > limit ? found.subList(0, limit) : found;
  }

  /** The large parts of some jobs, by the jobs' numbers. */
  Map<Long, Texts> texts(List<Long> seqs) throws SQLException {
    Map<Long, Texts> texts = new HashMap<>();
    String sql =
        "SELECT seq, parameters, document FROM job"
            + " WHERE seq IN (SELECT value FROM json_each(?))";
    try (ResultSet row = query(sql, seqs.toString())) {
      while (row.next()) {
        texts.put(
            row.getLong(1), new Texts(row.getString(2), Optional.ofNullable(row.getString(3))));
      }
    }
    return texts;
  }

  List<JobOutput> outputs(long seq) throws SQLException {
    return outputs(List.of(seq)).getOrDefault(seq, List.of());
  }

  /** The outputs of some jobs, by the jobs' numbers; nothing of a job that has none. */
  Map<Long, List<JobOutput>> outputs(List<Long> seqs) throws SQLException {
    Map<Long, List<JobOutput>> outputs = new HashMap<>();
    String sql =
        "SELECT job, name, size, sha256 FROM output"
            + " WHERE job IN (SELECT value FROM json_each(?)) ORDER BY job, name";
    try (ResultSet row = query(sql, seqs.toString())) {
      while (row.next()) {
        outputs
            .computeIfAbsent(row.getLong(1), job -> new ArrayList<>())
            .add(new JobOutput(row.getString(2), row.getLong(3), row.getString(4)));
      }
    }
    return outputs;
  }

  /**
   * @param jobId blank for all jobs
   */
  List<StoredEvent> events(String jobId, long after, int limit) throws SQLException {
    String sql =
        "SELECT event.*, job.id AS job_id, job.owner_id"
            + " FROM event CROSS JOIN job ON job.seq=event.job WHERE "
            + (jobId.isEmpty() ? "" : "event.job=(SELECT seq FROM job WHERE id=?) AND ")
            + "number>? ORDER BY number LIMIT ?";
    List<StoredEvent> events = new ArrayList<>();
    try (ResultSet row =
        jobId.isEmpty() ? query(sql, after, limit) : query(sql, jobId, after, limit)) {
      while (row.next()) {
        events.add(StoredEvent.of(row));
      }
    }
    return events;
  }

  /** Ended jobs that are older than a time, oldest first. */
  List<JobRef> endedBefore(Instant time, int limit) throws SQLException {
    return refs(
        "SELECT seq, id FROM job WHERE ended IS NOT NULL AND ended<? ORDER BY seq LIMIT ?",
        time.toEpochMilli(),
        limit);
  }

  /** The ended jobs beyond a number of newer ended ones, newest first. */
  List<JobRef> endedBeyond(long keep, int limit) throws SQLException {
    return refs(
        "SELECT seq, id FROM job WHERE ended IS NOT NULL ORDER BY seq DESC LIMIT ? OFFSET ?",
        limit,
        keep);
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : statements.values()) {
      statement.close();
    }
    connection.close();
  }

  private List<JobRef> refs(String sql, Object... values) throws SQLException {
    List<JobRef> jobs = new ArrayList<>();
    try (ResultSet row = query(sql, values)) {
      while (row.next()) {
        jobs.add(new JobRef(row.getLong(1), row.getString(2)));
      }
    }
    return jobs;
  }

  private List<StoredJob> jobs(String sql, Object... values) throws SQLException {
    List<StoredJob> jobs = new ArrayList<>();
    try (ResultSet row = query(sql, values)) {
      while (row.next()) {
        jobs.add(job(row));
      }
    }
    return jobs;
  }

  private List<Light> lights(String sql, Object... values) throws SQLException {
    List<Light> rows = new ArrayList<>();
    try (ResultSet row = query(sql, values)) {
      while (row.next()) {
        rows.add(new Light(job(row), row.getLong("bytes")));
      }
    }
    return rows;
  }

  private ResultSet query(String sql, Object... values) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement.executeQuery();
  }

  private static StoredJob job(ResultSet row) throws SQLException {
    return new StoredJob(
        row.getLong("seq"),
        row.getString("id"),
        row.getString("type"),
        row.getString("version"),
        row.getString("slots"),
        JobState.valueOf(row.getString("state")),
        row.getString("reason"),
        row.getString("owner_id"),
        row.getString("owner_name"),
        row.getInt("priority"),
        place(row),
        row.getString("parameters"),
        row.getString("idempotency_key"),
        Duration.ofMillis(row.getLong("timeout")),
        Instant.ofEpochMilli(row.getLong("submitted")),
        time(row, "started"),
        time(row, "ended"),
        Optional.ofNullable(row.getString("document")));
  }

  private static double place(ResultSet row) throws SQLException {
    double place = row.getDouble("place");
    return row.wasNull() ? row.getLong("seq") : place;
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
