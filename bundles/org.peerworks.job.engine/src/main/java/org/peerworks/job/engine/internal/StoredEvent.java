package org.peerworks.job.engine.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.peerworks.job.api.JobEvent;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.Progress;

/** An event, and whose job it is about. */
record StoredEvent(JobEvent event, String ownerId) {

  static StoredEvent of(ResultSet row) throws SQLException {
    long number = row.getLong("number");
    String jobId = row.getString("job_id");
    Instant time = Instant.ofEpochMilli(row.getLong("time"));
    String word = row.getString("word");
    String text = row.getString("text");
    long done = row.getLong("done");
    JobEvent event =
        switch (row.getString("kind")) {
          case "STATE" ->
              new JobEvent.StateChanged(number, jobId, time, JobState.valueOf(word), text);
          case "QUEUE" -> new JobEvent.QueueMoved(number, jobId, time, Math.toIntExact(done));
          case "PROGRESS" ->
              new JobEvent.Progressed(
                  number, jobId, time, new Progress(done, row.getLong("total"), word, text));
          default ->
              throw new SQLException(
                  "Event " + number + " is of the unknown kind '" + row.getString("kind") + "'.");
        };
    return new StoredEvent(event, row.getString("owner_id"));
  }

  /** Whether this is the last event of its job. */
  boolean isEnd() {
    return event instanceof JobEvent.StateChanged change && change.state().isFinal();
  }
}
