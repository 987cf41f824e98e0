package org.peerworks.job.engine.internal;

import java.util.Comparator;
import java.util.Optional;

/**
 * A job that waits; sorts as it is to run.
 *
 * @param whole the stored job, if it is kept in memory; empty if it is to be read when it runs
 */
record QueuedJob(
    long seq,
    String id,
    String type,
    String version,
    String slots,
    int priority,
    String ownerId,
    Optional<StoredJob> whole)
    implements Comparable<QueuedJob> {

  private static final Comparator<QueuedJob> ORDER =
      Comparator.comparingInt(QueuedJob::priority).reversed().thenComparingLong(QueuedJob::seq);

  /** The jobs that the same code does. */
  record Kind(String type, String version) {}

  static QueuedJob of(StoredJob job, boolean keep) {
    return new QueuedJob(
        job.seq(),
        job.id(),
        job.type(),
        job.version(),
        job.slots(),
        job.priority(),
        job.ownerId(),
        keep ? Optional.of(job) : Optional.empty());
  }

  JobRef ref() {
    return new JobRef(seq, id);
  }

  Kind kind() {
    return new Kind(type, version);
  }

  @Override
  public int compareTo(QueuedJob other) {
    return ORDER.compare(this, other);
  }
}
