package org.peerworks.job.engine.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.JobState;

/** Rows as they are after a long life. */
final class Rowing {

  private Rowing() {}

  static StoredJob ended(String id, Caller owner, int number) {
    return new StoredJob(
        0,
        id,
        "train",
        "1.0.0",
        SlotPool.CPU,
        number % 3 == 0 ? JobState.FAILED : JobState.SUCCEEDED,
        "",
        owner.id(),
        owner.name(),
        5,
        0,
        "{}",
        "key-" + number,
        Duration.ofHours(1),
        Instant.now(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
