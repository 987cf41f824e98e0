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
    String parameters,
    String idempotencyKey,
    Duration timeout,
    Instant submitted,
    Optional<Instant> started,
    Optional<Instant> ended,
    Optional<String> document) {

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
        itsParameters,
        idempotencyKey,
        timeout,
        submitted,
        started,
        ended,
        itsDocument);
  }

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
        parameters,
        idempotencyKey,
        timeout,
        submitted,
        started,
        ended,
        document);
  }
}
