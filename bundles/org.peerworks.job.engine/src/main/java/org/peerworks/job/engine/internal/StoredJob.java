package org.peerworks.job.engine.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.peerworks.job.api.JobState;

/**
 * A job's row.
 *
 * @param seq order of acceptance; 0 until it is stored
 * @param slots kind of slot that its type asked for
 * @param place among those of its priority, lowest first; its {@code seq} unless it was moved
 */
record StoredJob(
    long seq,
    String id,
    String type,
    String version,
    String slots,
    JobState state,
    String reason,
    String ownerId,
    String ownerName,
    int priority,
    double place,
    String parameters,
    String idempotencyKey,
    Duration timeout,
    Instant submitted,
    Optional<Instant> started,
    Optional<Instant> ended,
    Optional<String> document) {

  /** The version that does it. */
  TypeKey kind() {
    return new TypeKey(type, version);
  }

  JobRef ref() {
    return new JobRef(seq, id);
  }

  StoredJob withTexts(String itsParameters, Optional<String> itsDocument) {
    return new StoredJob(
        seq,
        id,
        type,
        version,
        slots,
        state,
        reason,
        ownerId,
        ownerName,
        priority,
        place,
        itsParameters,
        idempotencyKey,
        timeout,
        submitted,
        started,
        ended,
        itsDocument);
  }

  StoredJob pinnedTo(RegisteredType other) {
    return new StoredJob(
        seq,
        id,
        type,
        other.version(),
        other.slots(),
        state,
        reason,
        ownerId,
        ownerName,
        priority,
        place,
        parameters,
        idempotencyKey,
        timeout,
        submitted,
        started,
        ended,
        document);
  }

  StoredJob placed(int itsPriority, double itsPlace) {
    return new StoredJob(
        seq,
        id,
        type,
        version,
        slots,
        state,
        reason,
        ownerId,
        ownerName,
        itsPriority,
        itsPlace,
        parameters,
        idempotencyKey,
        timeout,
        submitted,
        started,
        ended,
        document);
  }

  /** At the end of the queue. */
  StoredJob withSeq(long number) {
    return new StoredJob(
        number,
        id,
        type,
        version,
        slots,
        state,
        reason,
        ownerId,
        ownerName,
        priority,
        number,
        parameters,
        idempotencyKey,
        timeout,
        submitted,
        started,
        ended,
        document);
  }
}
