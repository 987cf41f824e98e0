package org.peerworks.job.engine.internal;

import java.util.Comparator;

/** A job that waits; sorts as it is to run. */
record QueuedJob(
    long seq, String id, String type, String version, String slots, int priority, String ownerId)
    implements Comparable<QueuedJob> {

  private static final Comparator<QueuedJob> ORDER =
      Comparator.comparingInt(QueuedJob::priority).reversed().thenComparingLong(QueuedJob::seq);

  /** The jobs that the same code does. */
  record Kind(String type, String version) {}

  static QueuedJob of(StoredJob job) {
    return new QueuedJob(
        job.seq(), job.id(), job.type(), job.version(), job.slots(), job.priority(), job.ownerId());
  }

  Kind kind() {
    return new Kind(type, version);
  }

  @Override
  public int compareTo(QueuedJob other) {
    return ORDER.compare(this, other);
  }
}
