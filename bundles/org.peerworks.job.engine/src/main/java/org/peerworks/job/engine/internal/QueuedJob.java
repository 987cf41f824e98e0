package org.peerworks.job.engine.internal;

import java.util.Comparator;
import java.util.Optional;

/**
 * A job that waits; sorts as it is to run.
 *
 * @param place among those of its priority, lowest first; that of a job that was never moved is its
 *     {@code seq}
 * @param whole the stored job, if it is kept in memory; empty if it is to be read when it runs
 */
record QueuedJob(
    long seq,
    String id,
    String type,
    String version,
    String slots,
    int priority,
    double place,
    String ownerId,
    Optional<StoredJob> whole)
    implements Comparable<QueuedJob> {

  private static final Comparator<QueuedJob> ORDER =
      Comparator.comparingInt(QueuedJob::priority)
          .reversed()
          .thenComparingDouble(QueuedJob::place)
          .thenComparingLong(QueuedJob::seq);

  static QueuedJob of(StoredJob job, boolean keep) {
    return new QueuedJob(
        job.seq(),
        job.id(),
        job.type(),
        job.version(),
        job.slots(),
        job.priority(),
        job.place(),
        job.ownerId(),
        keep ? Optional.of(job) : Optional.empty());
  }

  /** The same job, done by another version of its type. */
  QueuedJob pinnedTo(RegisteredType other) {
    return new QueuedJob(
        seq,
        id,
        type,
        other.version(),
        other.slots(),
        priority,
        place,
        ownerId,
        whole.map(job -> job.pinnedTo(other)));
  }

  /** The same job at another place. */
  QueuedJob placed(int itsPriority, double itsPlace) {
    return new QueuedJob(
        seq,
        id,
        type,
        version,
        slots,
        itsPriority,
        itsPlace,
        ownerId,
        whole.map(job -> job.placed(itsPriority, itsPlace)));
  }

  JobRef ref() {
    return new JobRef(seq, id);
  }

  /** The version that accepted it. */
  TypeKey kind() {
    return new TypeKey(type, version);
  }

  @Override
  public int compareTo(QueuedJob other) {
    return ORDER.compare(this, other);
  }
}
